"""How often who may do what. The limits themselves are in ``app.core.rate_limit``."""

import time

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from pydantic import SecretStr

from app.config import Settings
from app.core.errors import PROBLEM_JSON
from app.core.rate_limit import RateLimited, RateLimiter
from tests.support.environment import REDIS_URL
from tests.support.inspector import Inspector
from tests.support.people import Person, log_in, register

BY_ROUTE = {"RATE_LIMIT_AUTH": "", "RATE_LIMIT_DEFAULT": ""}
STORE_AWAY = {"REDIS_URL": "redis://127.0.0.1:1/0"}
WRONG = "not the password of anybody"

as_shipped = pytest.mark.environment(**BY_ROUTE)


async def guess(client: AsyncClient, number: int, **headers: str) -> Response:
    """A name of its own for each guess, so that no account's throttle is what refuses."""
    form = {"username": f"nobody-{number}", "password": WRONG}
    return await client.post("/auth/login", data=form, headers=headers)


@as_shipped
async def test_the_eleventh_sign_in_of_a_minute_is_refused(
    client: AsyncClient, database: Inspector
) -> None:
    """RATE-01, RATE-07, LOG-02: on by default; cheap; one row in the audit log."""
    assert {(await guess(client, number)).status_code for number in range(10)} == {401}
    counted = await database.count("login_throttles")
    started, spent = time.monotonic(), time.process_time()
    answers = [await guess(client, number) for number in range(200)]
    assert time.process_time() - spent < 2
    refused = [response for response in answers if response.status_code == 429]
    assert 200 - len(refused) <= 1 + (time.monotonic() - started) / 6  # the window slides
    assert 1 <= int(refused[0].headers["Retry-After"]) <= 60
    assert refused[0].headers["RateLimit-Policy"] == '"login";q=10;w=60'
    assert refused[0].headers["Content-Type"] == PROBLEM_JSON
    assert await database.count("login_throttles") <= counted + 200 - len(refused)
    recorded = "SELECT count(*) FROM audit_events WHERE event = 'rate_limited'"
    assert await database.scalar(recorded) in (1, 2), "one row for each minute"


@as_shipped
async def test_an_address_cannot_be_made_up(client: AsyncClient) -> None:
    """RATE-02: without a trusted proxy no header names the client."""
    names = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "CF-Connecting-IP")
    statuses = [
        (await guess(client, number, **dict.fromkeys(names, f"203.0.113.{number}"))).status_code
        for number in range(12)
    ]

    assert statuses == [401] * 10 + [429] * 2


@pytest.mark.environment(**BY_ROUTE, TRUSTED_PROXIES="127.0.0.1")
@pytest.mark.parametrize(
    ("forwarded", "last"),
    [
        pytest.param("203.0.113.{}, 198.51.100.7", 429, id="what the client wrote is ignored"),
        pytest.param("2001:db8:1:2::{}", 429, id="one IPv6 line"),
        pytest.param("2001:db8:1:{}::1", 401, id="different IPv6 lines"),
        pytest.param("203.0.113.{}", 401, id="different clients"),
    ],
)
async def test_the_address_is_the_one_that_the_proxy_saw(
    client: AsyncClient, forwarded: str, last: int
) -> None:
    """RATE-04."""
    for number in range(10):
        headers = {"X-Forwarded-For": forwarded.format(number)}
        assert (await guess(client, number, **headers)).status_code == 401

    headers = {"X-Forwarded-For": forwarded.format(11)}
    assert (await guess(client, 11, **headers)).status_code == last


@as_shipped
@pytest.mark.parametrize(
    ("path", "allowed"), [("/auth/register", 5), ("/auth/refresh", 30), ("/auth/logout", 60)]
)
async def test_the_other_public_routes_have_limits_too(
    client: AsyncClient, path: str, allowed: int
) -> None:
    """RATE-03."""
    statuses = [(await client.post(path)).status_code for _ in range(allowed + 1)]

    assert statuses.index(429) == allowed


@as_shipped
async def test_strangers_and_users_are_counted_apart(alice: Person, client: AsyncClient) -> None:
    strangers = [(await client.get("/users/me")).status_code for _ in range(61)]
    mine = [(await alice.client.get("/users/me")).status_code for _ in range(450)]

    assert strangers == [401] * 60 + [429]
    # The window slides on while a slow machine asks.
    assert mine.index(429) >= 300


@pytest.mark.environment(RATE_LIMIT_AUTH="3/hour", RATE_LIMIT_DEFAULT="2/minute")
async def test_the_operator_replaces_all_limits(alice: Person, client: AsyncClient) -> None:
    # Alice's own sign-in came from the same address.
    assert [(await guess(client, number)).status_code for number in range(3)] == [401, 401, 429]
    assert [(await alice.client.get("/users/me")).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.environment(RATE_LIMIT_AUTH="1/minute", RATE_LIMIT_DEFAULT="1/minute")
async def test_health_is_never_counted(client: AsyncClient) -> None:
    for _ in range(20):
        assert (await client.get("https://localhost/health/live")).status_code == 200


@pytest.mark.environment(**STORE_AWAY)
async def test_without_counters_nobody_signs_in(client: AsyncClient) -> None:
    """RATE-06: guessing without a count is worse than no sign-in for a while."""
    for response in (await log_in(client, "alice"), await register(client, "alice")):
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) >= 1


async def test_without_counters_reading_goes_on(
    alice: Person, api: FastAPI, settings: Settings
) -> None:
    """RATE-06."""
    away = settings.model_copy(update={"redis_url": SecretStr(STORE_AWAY["REDIS_URL"])})
    await api.state.limiter.close()
    api.state.limiter = RateLimiter(away)

    assert (await alice.client.get("/users/me")).status_code == 200


@pytest.mark.skipif(not REDIS_URL, reason="TEST_REDIS_URL is not set")
@as_shipped
async def test_workers_count_together(settings: Settings) -> None:
    """RATE-05: the limit is of the service, not of each process."""
    workers = [RateLimiter(settings), RateLimiter(settings)]
    for number in range(10):
        await workers[number % 2].spend("login", "192.0.2.1")

    for worker in workers:
        with pytest.raises(RateLimited):
            await worker.spend("login", "192.0.2.1")
        await worker.close()
