"""Refresh tokens: each works once, and a stolen one ends the sign-in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models import Session
from tests.support.ageing import age_tokens
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, log_in
from tests.support.sign_ins import COOKIE, refresh, token_of


async def test_a_refresh_hands_out_a_new_pair(alice: Person, browser: Browser) -> None:
    first = token_of(alice)

    response = await refresh(alice.client)

    assert response.status_code == 200
    assert response.json().keys() == {"access_token", "token_type", "expires_in"}
    assert token_of(alice) != first
    bearer = {"Authorization": f"Bearer {response.json()['access_token']}"}
    assert (await browser().get("/users/me", headers=bearer)).status_code == 200


async def test_a_token_of_two_tabs_is_refused_once_and_harmless(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """SESS-02: inside the grace nothing is issued, and nothing is revoked."""
    first = token_of(alice)
    await refresh(alice.client)

    again = await refresh(browser(), first)

    assert again.status_code == 401
    assert "set-cookie" not in again.headers
    assert await database.count("refresh_tokens") == 2
    assert (await refresh(alice.client)).status_code == 200


async def test_a_replay_after_the_grace_ends_the_sign_in(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """SESS-01: thief and owner look alike, so both are out; the revocation survives the 401."""
    first = token_of(alice)
    await refresh(alice.client)
    await age_tokens(database, timedelta(seconds=11))

    replay = await refresh(browser(), first)

    assert replay.status_code == 401
    assert await database.scalar(select(Session.revoked_at)) is not None
    assert (await refresh(alice.client)).status_code == 401
    assert (await alice.client.get("/users/me")).status_code == 401
    reuse = "SELECT count(*) FROM audit_events WHERE event = 'refresh_reuse'"
    assert await database.scalar(reuse) == 1


@pytest.mark.environment(REFRESH_REUSE_GRACE_SECONDS="0")
async def test_without_a_grace_every_replay_ends_the_sign_in(
    alice: Person, browser: Browser
) -> None:
    first = token_of(alice)
    await refresh(alice.client)
    await refresh(browser(), first)

    assert (await refresh(alice.client)).status_code == 401


async def test_all_refusals_look_the_same(
    alice: Person, bob: Person, browser: Browser, database: Inspector
) -> None:
    first = token_of(alice)
    await refresh(alice.client)
    tokens = [None, "x" * 43, "x" * 5000, "%00", first]

    answers = [await refresh(browser(), token) for token in tokens]
    await database.execute("UPDATE users SET is_active = false")
    answers.append(await refresh(bob.client))

    bodies = [answer.json() | {"request_id": ""} for answer in answers]
    assert bodies == [bodies[0]] * len(answers)
    assert {answer.status_code for answer in answers} == {401}
    challenge = 'Bearer error="invalid_token"'
    assert {answer.headers["www-authenticate"] for answer in answers} == {challenge}


async def test_a_new_sign_in_takes_the_old_cookie_out_of_use(
    alice: Person,
    browser: Browser,
) -> None:
    """SESS-15: a cookie that somebody planted, or kept, is worth nothing afterwards."""
    old = token_of(alice)

    await log_in(alice.client, "alice")
    planted = browser()
    planted.cookies.set(COOKIE, "x" * 43)
    signed_in = await log_in(planted, "alice")

    assert token_of(alice) != old
    assert (await refresh(browser(), old)).status_code == 401
    assert signed_in.cookies[COOKIE] != "x" * 43
    assert (await refresh(browser(), "x" * 43)).status_code == 401
