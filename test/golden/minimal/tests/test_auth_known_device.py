"""Who is let through although somebody guesses."""

from datetime import timedelta

from tests.support.ageing import age_throttles
from tests.support.inspector import Inspector
from tests.support.people import NEW_PASSWORD, PASSWORD, Browser, Person, log_in
from tests.support.sign_ins import WRONG, fail

FAILURES = "SELECT max(failures) FROM login_throttles"


async def test_a_hundred_failures_leave_the_known_browser(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """RATE-08: nobody keeps the owner out; nobody goes on guessing either."""
    await fail(browser(), "alice", 1)
    await database.execute("UPDATE login_throttles SET failures = 100, blocked_until = NULL")

    stranger = await log_in(browser(), "alice")
    owner = await log_in(alice.client, "alice")

    assert stranger.status_code == 429
    assert owner.status_code == 200
    assert (await log_in(browser(), "alice")).status_code == 200


async def test_a_known_browser_has_a_counter_of_its_own(alice: Person, browser: Browser) -> None:
    await fail(alice.client, "alice", 5)

    assert (await log_in(alice.client, "alice")).status_code == 429
    assert (await log_in(browser(), "alice")).status_code == 200


async def test_the_mark_of_a_browser_is_good_for_one_account(
    alice: Person, bob: Person, browser: Browser
) -> None:
    await fail(browser(), "bob", 5)

    assert (await log_in(alice.client, "bob")).status_code == 429
    assert (await log_in(bob.client, "bob")).status_code == 200


async def test_wrong_current_passwords_count_too(alice: Person, browser: Browser) -> None:
    """AUTH-16: a stolen access token buys no guesses."""
    change = {"current_password": WRONG, "new_password": NEW_PASSWORD}

    answers = [await alice.client.post("/auth/password", json=change) for _ in range(6)]
    right = change | {"current_password": PASSWORD}
    owner = await alice.client.post("/auth/password", json=right)

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert owner.status_code == 429
    assert (await log_in(browser(), "alice")).status_code == 429
    assert (await log_in(browser(), "alice@example.com")).status_code == 429


async def test_wrong_current_passwords_count_for_a_known_browser(
    alice: Person, database: Inspector
) -> None:
    """AUTH-16: whoever has the cookies beside the token goes on guessing nowhere."""
    change = {"current_password": WRONG, "new_password": NEW_PASSWORD}

    answers = [await alice.client.post("/auth/password", json=change) for _ in range(5)]
    waiting = await log_in(alice.client, "alice")
    again = await log_in(alice.client, "alice", WRONG)
    await age_throttles(database, timedelta(seconds=31))

    assert [answer.status_code for answer in answers] == [401] * 5
    assert (waiting.status_code, again.status_code) == (429, 429)
    assert 1 <= int(waiting.headers["retry-after"]) <= 30
    assert (await log_in(alice.client, "alice")).status_code == 200


async def test_a_hundred_wrong_current_passwords_leave_the_known_browser(
    alice: Person, database: Inspector
) -> None:
    """RATE-08: it waits with whoever guesses, and is not shut out for good."""
    change = {"current_password": WRONG, "new_password": NEW_PASSWORD}
    await alice.client.post("/auth/password", json=change)
    await database.execute("UPDATE login_throttles SET failures = 100, blocked_until = NULL")

    assert (await log_in(alice.client, "alice")).status_code == 200


async def test_strangers_cannot_close_the_way_to_a_new_password(
    alice: Person, browser: Browser
) -> None:
    await fail(browser(), "alice", 6)
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}

    assert (await alice.client.post("/auth/password", json=change)).status_code == 204
