"""What the audit log owes when its database fails, and how often its head is copied elsewhere."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from app.core.audit_anchor import Anchors
from app.core.constants import AuditEvent, Outcome
from app.core.logging import configure_logging
from app.services import audit
from tests.support.audit import write_rows
from tests.support.inspector import Inspector

LIMITED = "SELECT count(*) FROM audit_events WHERE event = 'rate_limited'"

ReadAnchors = Callable[[], list[str]]


@pytest.fixture
def anchors(capsys: pytest.CaptureFixture[str]) -> ReadAnchors:
    """Read which rows the log has named since it was read last."""
    configure_logging("INFO", "json", [])

    def read() -> list[str]:
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        said = [line["anchor"] for line in lines if line["event"] == "audit_anchor"]
        return [anchor.partition(":")[0] for anchor in said]

    return read


@asynccontextmanager
async def away(_: object) -> AsyncIterator[None]:
    raise OperationalError("BEGIN", None, Exception("the database is away"))
    yield


async def refuse(api: FastAPI) -> None:
    await audit.record_once(
        api.state.sessions,
        AuditEvent.RATE_LIMITED,
        Outcome.FAILURE,
        key="203.0.113.7",
        window_seconds=86_400,
    )


async def test_a_row_that_could_not_be_written_is_owed(
    api: FastAPI, database: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LOG-02: the refusal after the outage is recorded, in the same window."""
    with monkeypatch.context() as outage:
        outage.setattr(audit, "unit_of_work", away)
        await refuse(api)

    await refuse(api)
    await refuse(api)

    assert await database.scalar(LIMITED) == 1


async def test_a_row_that_was_given_up_is_owed(
    api: FastAPI, database: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LOG-02: a request may run out of time while its row waits for another one's."""

    @asynccontextmanager
    async def standing_still(_: object) -> AsyncIterator[None]:
        await asyncio.sleep(60)
        yield

    with monkeypatch.context() as outage:
        outage.setattr(audit, "unit_of_work", standing_still)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(refuse(api), 0.05)

    await refuse(api)

    assert await database.scalar(LIMITED) == 1


async def test_the_head_is_copied_to_the_log_each_minute(
    api: FastAPI, monkeypatch: pytest.MonkeyPatch, anchors: ReadAnchors
) -> None:
    """LOG-04: what was cut off since then is found. A busy minute is one line."""
    monkeypatch.setattr("app.core.audit_anchor.ANCHOR_SECONDS", 600.0)
    await write_rows(api, 6)
    first = anchors()
    monkeypatch.setattr("app.core.audit_anchor.ANCHOR_SECONDS", 0.0)
    await write_rows(api, 1)

    assert (first, anchors()) == (["1"], ["7"])


async def test_the_last_rows_of_a_busy_minute_are_copied_when_it_is_over(
    monkeypatch: pytest.MonkeyPatch, anchors: ReadAnchors
) -> None:
    """LOG-04: also if nothing else is recorded for a long time."""
    monkeypatch.setattr("app.core.audit_anchor.ANCHOR_SECONDS", 0.2)
    chain = Anchors()
    for seq in (1, 2, 3):
        chain.note(seq, "mac")
    at_once = anchors()

    await asyncio.sleep(0.5)

    assert (at_once, anchors()) == (["1"], ["3"])


async def test_every_hundredth_row_is_copied_at_once(anchors: ReadAnchors) -> None:
    """LOG-04."""
    chain = Anchors()
    for seq in range(1, 202):
        chain.note(seq, "mac")

    assert anchors() == ["1", "100", "200"]
