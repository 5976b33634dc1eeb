"""Signing out: here, or everywhere at once."""

from httpx import Response
from sqlalchemy import select

from app.models import Session
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, sign_in
from tests.support.sign_ins import COOKIE, is_signed_in

LOGOUTS = "SELECT count(*) FROM audit_events WHERE event = 'logout'"


def assert_cookie_is_taken_back(response: Response) -> None:
    taken_back = "refresh_token=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict"
    assert response.headers.get_list("set-cookie") == [taken_back]
    assert response.headers["clear-site-data"] == '"cookies", "storage"'


async def test_both_tokens_are_dead_at_once(alice: Person, database: Inspector) -> None:
    """SESS-03, SESS-14."""
    token = alice.client.cookies[COOKIE]

    response = await alice.client.post("/auth/logout")
    alice.client.cookies.set(COOKIE, token)

    assert response.status_code == 204
    assert response.content == b""
    assert "content-type" not in response.headers
    assert_cookie_is_taken_back(response)
    assert await is_signed_in(alice.client) == (False, False)
    assert await database.scalar(select(Session.revoked_at)) is not None
    assert await database.scalar(LOGOUTS) == 1


async def test_signing_out_twice_is_fine(alice: Person, database: Inspector) -> None:
    """SESS-14."""
    statuses = [(await alice.client.post("/auth/logout")).status_code for _ in range(3)]

    assert statuses == [204, 204, 204]
    assert await database.scalar(LOGOUTS) == 1


async def test_everywhere_means_everywhere(
    alice: Person,
    bob: Person,
    browser: Browser,
) -> None:
    """SESS-04."""
    other = browser()
    await sign_in(other, "alice")

    response = await alice.client.post("/auth/logout-all")

    assert response.status_code == 204
    assert_cookie_is_taken_back(response)
    assert await is_signed_in(other) == (False, False)
    assert await is_signed_in(alice.client) == (False, False)
    assert await is_signed_in(bob.client) == (True, True)
