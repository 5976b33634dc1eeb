"""What is enough to sign out with: either token, and neither of anybody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.config import Settings
from app.core.security import issue_access_token
from app.models import Session
from app.utils.helpers import utc_now
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, sign_in
from tests.support.sign_ins import COOKIE, is_signed_in


async def test_the_cookie_alone_signs_out(alice: Person, browser: Browser) -> None:
    """SESS-14: the access token may be gone, or too old."""
    other = browser()
    other.cookies.set(COOKIE, alice.client.cookies[COOKIE])

    assert (await other.post("/auth/logout")).status_code == 204
    assert await is_signed_in(alice.client) == (False, False)


async def test_an_old_access_token_does_not_keep_anybody_from_signing_out(
    alice: Person, settings: Settings, database: Inspector
) -> None:
    """SESS-14."""
    session_id = await database.scalar(select(Session.id))
    an_hour_ago = utc_now() - timedelta(hours=1)
    expired = issue_access_token(settings, alice.id, session_id, an_hour_ago)
    current = alice.access_token

    alice.client.headers["Authorization"] = f"Bearer {expired}"
    assert (await alice.client.get("/users/me")).status_code == 401
    assert (await alice.client.post("/auth/logout")).status_code == 204

    alice.client.headers["Authorization"] = f"Bearer {current}"
    assert (await alice.client.get("/users/me")).status_code == 401


async def test_the_access_token_alone_signs_out(alice: Person) -> None:
    token = alice.client.cookies[COOKIE]
    alice.client.cookies.clear()

    assert (await alice.client.post("/auth/logout")).status_code == 204
    alice.client.cookies.set(COOKIE, token)
    assert await is_signed_in(alice.client) == (False, False)


@pytest.mark.parametrize("token", ["", "x" * 43, "x" * 4000])
async def test_strangers_sign_nobody_out(alice: Person, browser: Browser, token: str) -> None:
    stranger = browser()
    stranger.cookies.set(COOKIE, token)

    response = await stranger.post("/auth/logout", headers={"Authorization": "Bearer a.b.c"})

    assert response.status_code == 204
    assert await is_signed_in(alice.client) == (True, True)


async def test_two_sign_ins_may_end_together(alice: Person, browser: Browser) -> None:
    """The access token of one and the cookie of another: both were handed in."""
    other = browser()
    await sign_in(other, "alice")
    mixed = browser()
    mixed.cookies.set(COOKIE, other.cookies[COOKIE])

    bearer = {"Authorization": f"Bearer {alice.access_token}"}
    await mixed.post("/auth/logout", headers=bearer)

    assert await is_signed_in(alice.client) == (False, False)
    assert await is_signed_in(other) == (False, False)
