"""Guesses at the second factor are counted, and those who have one factor gain nothing."""

import asyncio
from datetime import timedelta

from httpx import Response

from app.config import Settings
from app.services.second_factor import counter_of
from tests.support.ageing import age_throttles
from tests.support.inspector import Inspector
from tests.support.people import NEW_PASSWORD, PASSWORD, Browser, Person, log_in
from tests.support.second_factor import App, forget_steps, log_in_with, turn_off, turn_on

COUNTED = "SELECT failures FROM login_throttles WHERE key = :key"
LOCKED = "SELECT count(*) FROM audit_events WHERE event = 'login_locked'"


async def guess(browser: Browser, app: App, times: int) -> list[Response]:
    return [await log_in_with(browser(), app.wrong_code()) for _ in range(times)]


async def clear_name(database: Inspector, settings: Settings, person: Person) -> None:
    """Forget what is counted under the name, so that only the counter of codes is left."""
    key = counter_of(settings, "sign-in", person.id).key
    await database.execute("DELETE FROM login_throttles WHERE key <> :key", key=key)


async def test_five_wrong_codes_make_even_the_right_one_wait(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-05, AUTH-01, RATE-03: counted and committed before the refusal."""
    app = await turn_on(alice)

    refused = await guess(browser, app, 5)
    counted = [row[0] for row in await database.rows("SELECT failures FROM login_throttles")]
    right = await log_in_with(browser(), app.code(1))
    await age_throttles(database, timedelta(seconds=31))
    later = await log_in_with(browser(), app.code(1))

    assert {response.json()["code"] for response in refused} == {"invalid_otp"}
    assert counted == [5, 5]
    assert right.status_code == 429
    assert 1 <= int(right.headers["retry-after"]) <= 30
    assert later.status_code == 200
    assert await database.count("login_throttles") == 0


async def test_codes_have_a_counter_that_a_password_does_not_clear(
    alice: Person, browser: Browser, database: Inspector, settings: Settings
) -> None:
    """TFA-05: who knows the password and has a session cannot guess on by proving the former."""
    app = await turn_on(alice)
    await guess(browser, app, 5)
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}

    changed = await alice.client.post("/auth/password", json=change)
    key = counter_of(settings, "sign-in", alice.id).key
    right = await log_in_with(browser(), app.code(1), password=change["new_password"])

    assert changed.status_code == 204
    assert await database.scalar(COUNTED, key=key) == 5
    assert right.status_code == 429
    assert await database.scalar(LOCKED) == 1


async def test_a_guess_that_has_to_wait_is_not_checked(
    alice: Person, browser: Browser, database: Inspector, settings: Settings
) -> None:
    """TFA-05: the right code is as good as before when its time comes."""
    app = await turn_on(alice)
    await guess(browser, app, 5)
    await clear_name(database, settings, alice)

    waiting = [await log_in_with(browser(), app.code(1)) for _ in range(3)]
    await age_throttles(database, timedelta(seconds=31))

    assert {response.status_code for response in waiting} == {429}
    assert await database.scalar(LOCKED) == 1
    assert (await log_in_with(browser(), app.code(1))).status_code == 200


async def test_codes_that_nobody_sent_are_not_guesses(
    alice: Person, browser: Browser, database: Inspector, settings: Settings
) -> None:
    """TFA-05: asking for the code counts under the name only, as a sign-in that did not come."""
    await turn_on(alice)

    for _ in range(3):
        await log_in(browser(), "alice")

    rows = await database.rows("SELECT key, failures FROM login_throttles")
    assert [row.failures for row in rows] == [3]
    assert rows[0].key != counter_of(settings, "sign-in", alice.id).key


async def test_the_owner_gets_in_where_they_were_before(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-05, RATE-08: a hundred guesses of whoever has the password do not lock the owner out."""
    app = await turn_on(alice)
    await guess(browser, app, 1)
    await database.execute("UPDATE login_throttles SET failures = 100, blocked_until = NULL")

    stranger = await log_in_with(browser(), app.code(1))
    owner = await log_in_with(alice.client, app.code(1))

    assert (stranger.status_code, owner.status_code) == (429, 200)


async def test_a_stolen_session_cannot_guess_for_ever(alice: Person, database: Inspector) -> None:
    """TFA-05: turning it off is throttled too; the sign-in form stays open meanwhile."""
    app = await turn_on(alice)

    refused = [await turn_off(alice, app.wrong_code()) for _ in range(5)]
    right = await turn_off(alice, app.code(1))
    signed_in = await log_in_with(alice.client, app.code(1))

    assert {response.json()["code"] for response in refused} == {"invalid_otp"}
    assert {response.status_code for response in refused} == {401}
    assert right.status_code == 429
    assert signed_in.status_code == 200
    assert await database.count("two_factors") == 1


async def test_parallel_guesses_see_each_other(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-05: twenty at once are five guesses and fifteen waits."""
    app = await turn_on(alice)

    answers = await asyncio.gather(*(turn_off(alice, app.wrong_code()) for _ in range(20)))

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [401] * 5 + [429] * 15
    assert await database.scalar("SELECT max(failures) FROM login_throttles") == 5
    await forget_steps(database)
    assert (await log_in_with(browser(), app.code())).status_code == 200
