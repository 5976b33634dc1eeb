"""Whose limit a request uses up: of whoever it proves to come from, else of its address."""

import pytest
from httpx import AsyncClient

from app.core.limits import LIMITS
from tests.support.people import Browser, Person, sign_in
from tests.support.sign_ins import COOKIE, refresh, token_of

pytestmark = pytest.mark.environment(RATE_LIMIT_AUTH="", RATE_LIMIT_DEFAULT="")


def allowed(name: str) -> int:
    return int(LIMITS[name].rule.partition("/")[0])


def with_cookie(browser: Browser, token: str) -> AsyncClient:
    client = browser()
    client.cookies.set(COOKIE, token)
    return client


async def test_a_dead_access_token_uses_up_its_address_only(
    alice: Person, browser: Browser
) -> None:
    """RATE-08, SESS-03: it is signed for a while yet, and no longer worth its owner's limits."""
    thief = browser()
    thief.headers["Authorization"] = f"Bearer {alice.access_token}"
    await alice.client.post("/auth/logout")
    await sign_in(alice.client, "alice")

    dead = [(await thief.get("/users/me/export")).status_code for _ in range(61)]

    assert dead == [401] * 60 + [429]
    for _ in range(allowed("export_me")):
        assert (await alice.client.get("/users/me/export")).status_code == 200
    assert (await alice.client.get("/users/me/export")).status_code == 429


async def test_junk_uses_up_no_refresh_of_anybody(alice: Person, browser: Browser) -> None:
    """RATE-03: by address, which a whole office may share."""
    stranger = with_cookie(browser, "x" * 43)

    junk = [(await stranger.post("/auth/refresh")).status_code for _ in range(31)]

    assert junk == [401] * 30 + [429]
    assert (await refresh(alice.client)).status_code == 200


async def test_a_session_has_its_own_refreshes(alice: Person, bob: Person) -> None:
    """RATE-03: thirty a minute for each sign-in, wherever they come from."""
    limit = allowed("refresh")

    mine = [(await refresh(alice.client)).status_code for _ in range(limit)]
    kept = token_of(alice)
    refused = await refresh(alice.client)

    assert mine == [200] * limit
    assert refused.status_code == 429
    assert "set-cookie" not in refused.headers
    assert token_of(alice) == kept, "what was refused is not used up"
    assert (await refresh(bob.client)).status_code == 200
