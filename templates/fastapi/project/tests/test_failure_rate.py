"""LOG-02: an attack on many accounts at once is seen by its failures together."""

import asyncio
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from tests.support.people import NEW_PASSWORD, Browser, Person
from tests.support.sign_ins import WRONG, fail


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EventDict]]:
    monkeypatch.setattr("app.core.failure_rate.SECONDS", 0.5)
    with capture_logs() as lines:
        yield lines


def alarms(log: list[EventDict]) -> list[EventDict]:
    return [line for line in log if line["event"] == "login_failures"]


async def test_failures_of_a_while_are_one_line(
    alice: Person, browser: Browser, log: list[EventDict]
) -> None:
    """RATE-03: whoever is guessed at, where they sign in and where they change the password."""
    change = {"current_password": WRONG, "new_password": NEW_PASSWORD}

    await fail(browser(), "alice", 1)
    await fail(browser(), "nobody", 2)
    await alice.client.post("/auth/password", json=change)
    early = alarms(log)
    await asyncio.sleep(0.6)

    assert early == []
    expected = {"event": "login_failures", "log_level": "warning", "count": 4, "seconds": 0.5}
    assert alarms(log) == [expected]


async def test_the_next_while_counts_anew(browser: Browser, log: list[EventDict]) -> None:
    for _ in range(2):
        await fail(browser(), "nobody", 1)
        await asyncio.sleep(0.6)
    await asyncio.sleep(0.6)

    assert [line["count"] for line in alarms(log)] == [1, 1]
