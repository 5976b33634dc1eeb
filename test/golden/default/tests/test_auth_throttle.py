"""Waits between guesses, per submitted name."""

from datetime import timedelta

import pytest

from app.services.login_throttle import wait_after
from tests.support.ageing import age_throttles
from tests.support.inspector import Inspector
from tests.support.people import Browser, log_in
from tests.support.sign_ins import fail

FAILURES = "SELECT max(failures) FROM login_throttles"


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(4, None), (5, 30), (6, 60), (9, 480), (10, 900), (11, 900), (10_000, 900)],
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int | None) -> None:
    assert wait_after(failures) == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.usefixtures("alice")
async def test_five_failures_make_even_the_right_password_wait(
    browser: Browser, database: Inspector
) -> None:
    """AUTH-01."""
    client = browser()

    statuses = [response.status_code for response in await fail(client, "alice", 5)]
    counted = await database.scalar(FAILURES)
    right = await log_in(client, "alice")
    await age_throttles(database, timedelta(seconds=30))
    later = await log_in(client, "alice")

    assert statuses == [401] * 5
    assert counted == 5
    assert right.status_code == 429
    assert 1 <= int(right.headers["retry-after"]) <= 30
    assert later.status_code == 200
    assert await database.count("login_throttles") == 0


@pytest.mark.usefixtures("alice")
async def test_an_unknown_name_waits_alike(browser: Browser) -> None:
    """AUTH-02: what is counted is the submitted name, not an account."""
    known = [*await fail(browser(), "alice", 5), await log_in(browser(), "alice")]
    unknown = [*await fail(browser(), "nobody", 5), await log_in(browser(), "nobody")]

    for one, other in zip(known, unknown, strict=True):
        assert one.status_code == other.status_code
        assert one.json() | {"request_id": ""} == other.json() | {"request_id": ""}
        assert one.headers.keys() == other.headers.keys()
    assert unknown[-1].status_code == 429


@pytest.mark.usefixtures("alice")
async def test_the_spelling_of_a_name_buys_no_guesses(browser: Browser) -> None:
    for name in (
        "alice@example.com",
        "Alice@example.com",
        "alice@EXAMPLE.COM",
        "ALICE@example.com",
    ):
        await fail(browser(), name, 1)
    await fail(browser(), "aLiCe@example.com", 1)

    assert (await log_in(browser(), "alice@example.com")).status_code == 429


@pytest.mark.usefixtures("alice")
async def test_a_wait_is_not_counted_and_costs_no_hash(
    browser: Browser, database: Inspector
) -> None:
    """RATE-07: whoever hammers on during the wait does not lengthen it."""
    await fail(browser(), "alice", 5)

    refused = await fail(browser(), "alice", 20)

    assert {response.status_code for response in refused} == {429}
    assert await database.scalar(FAILURES) == 5
    locked = "SELECT count(*) FROM audit_events WHERE event = 'login_locked'"
    assert await database.scalar(locked) == 1


@pytest.mark.usefixtures("alice")
async def test_the_next_failure_after_the_wait_waits_longer(
    browser: Browser, database: Inspector
) -> None:
    await fail(browser(), "alice", 5)
    await age_throttles(database, timedelta(seconds=31))

    (sixth,) = await fail(browser(), "alice", 1)
    seventh = await log_in(browser(), "alice")

    assert sixth.status_code == 401
    assert seventh.status_code == 429
    assert 30 < int(seventh.headers["retry-after"]) <= 60


@pytest.mark.usefixtures("alice")
async def test_a_success_forgets_the_failures(browser: Browser, database: Inspector) -> None:
    await fail(browser(), "alice", 4)

    assert (await log_in(browser(), "alice")).status_code == 200
    assert await database.count("login_throttles") == 0
