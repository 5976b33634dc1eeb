"""Production's documentation, where it is turned on: for administrators and nobody else."""

import pytest
from httpx import AsyncClient

from app.config import Settings
from app.core.constants import Environment
from tests.support.inspector import Inspector
from tests.support.people import Person

ROOT = "https://localhost"
PAGES = ("/docs", "/docs/init.js", "/docs/swagger-ui.css", "/openapi.json")
REFRESH = "/auth/refresh"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Production's rules, on the database of this test."""
    return settings.model_copy(update={"environment": Environment.PRODUCTION, "enable_docs": True})


def navigating(person: Person) -> AsyncClient:
    """Take the access token away: a browser that opens an address sends the cookie alone."""
    del person.client.headers["Authorization"]
    return person.client


async def statuses(client: AsyncClient) -> set[int]:
    return {(await client.get(f"{ROOT}{path}")).status_code for path in PAGES}


async def test_a_stranger_sees_nothing(client: AsyncClient) -> None:
    """DOCS-01: what there is besides is not there for anybody."""
    answer = await client.get(f"{ROOT}/openapi.json")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert await statuses(client) == {401}
    for path in ("/redoc", "/docs/oauth2-redirect", "/docs/other.js"):
        assert (await client.get(f"{ROOT}{path}")).status_code == 404


async def test_who_is_no_administrator_is_refused(alice: Person) -> None:
    """DOCS-01: whichever way they say who they are."""
    by_token = await statuses(alice.client)
    by_cookie = await statuses(navigating(alice))

    assert (by_token, by_cookie) == ({403}, {403})


async def test_an_administrator_reads_with_a_token(admin: Person, client: AsyncClient) -> None:
    """DOCS-01."""
    client.headers["Authorization"] = admin.client.headers["Authorization"]

    assert await statuses(client) == {200}
    head = await client.head(f"{ROOT}/openapi.json")
    assert (head.status_code, head.content) == (200, b"")
    assert "/api/v1/users/me" in (await client.get(f"{ROOT}/openapi.json")).json()["paths"]


async def test_an_administrators_browser_reads_with_its_cookie(admin: Person) -> None:
    """DOCS-01: the cookie is looked at, and still good for a refresh afterwards."""
    client = navigating(admin)

    assert await statuses(client) == {200}
    assert (await client.post(REFRESH)).status_code == 200


async def test_a_cookie_that_was_used_opens_nothing(admin: Person) -> None:
    """DOCS-01, SESS-01: a copy of it is worth nothing after the next refresh."""
    client = navigating(admin)
    old = dict(client.cookies)
    await client.post(REFRESH)
    client.cookies.update(old)

    assert await statuses(client) == {401}


async def test_a_session_that_has_ended_opens_nothing(admin: Person) -> None:
    """DOCS-01, SESS-03."""
    kept = dict(admin.client.cookies)
    assert (await admin.client.post("/auth/logout-all")).status_code == 204
    client = navigating(admin)
    client.cookies.update(kept)

    assert await statuses(client) == {401}


async def test_who_administrates_no_longer_reads_no_longer(
    admin: Person, database: Inspector
) -> None:
    """DOCS-01, SESS-07."""
    await database.execute("UPDATE users SET role = 'user' WHERE username = 'overseer'")

    assert await statuses(navigating(admin)) == {403}


async def test_no_cache_between_keeps_its_files(admin: Person) -> None:
    for path in ("/docs", "/openapi.json"):
        assert (await admin.client.get(f"{ROOT}{path}")).headers["cache-control"] == "no-store"
    script = await admin.client.get(f"{ROOT}/docs/init.js")
    assert script.headers["cache-control"] == "private, max-age=86400"


@pytest.mark.environment(RATE_LIMIT_DEFAULT="2/minute")
async def test_strangers_are_counted(client: AsyncClient) -> None:
    """RATE-01: a made-up cookie costs a query."""
    client.headers["Cookie"] = "__Host-refresh_token=made-up"
    found = [(await client.get(f"{ROOT}/docs")).status_code for _ in range(3)]

    assert found == [401, 401, 429]
