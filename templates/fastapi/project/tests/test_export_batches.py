"""How an export comes: in batches, one at a time, and over when its client has gone."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import event

from app.schemas.export import ExportOut
from tests.support.inspector import Inspector
from tests.support.people import Person, sign_in


async def test_a_long_export_is_read_in_batches(
    alice: Person, api: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much there is, no statement returns more than a batch."""
    for _ in range(5):
        await sign_in(alice.client, "alice")
    whole = (await alice.client.get("/users/me/export")).json()
    statements: list[str] = []

    def note(_: object, __: object, statement: str, *___: Any) -> None:
        statements.append(statement)

    event.listen(api.state.engine.sync_engine, "before_cursor_execute", note)
    monkeypatch.setattr("app.services.export.BATCH", 2)
    response = await alice.client.get("/users/me/export")

    ExportOut.model_validate(response.json())
    told = response.json()["audit_events"]
    assert [row["event"] for row in told[:2]] == ["data_exported", "login_succeeded"]
    assert told[1:] == whole["audit_events"], "and what is newer is not told"
    assert len(told) == 8
    reads = [text for text in statements if "FROM audit_events" in text and "seq" in text]
    assert len([text for text in reads if "LIMIT" in text]) == len(reads) == 4


async def test_a_second_export_waits_for_the_first(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is much to read, so nobody has it read twice at once."""
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def read_on(*_: object, **__: object) -> list[object]:
        begun.set()
        await may_end.wait()
        return []

    with monkeypatch.context() as slow:
        slow.setattr("app.crud.session.get_all", read_on)
        first = asyncio.create_task(alice.client.get("/users/me/export"))
        await begun.wait()
        second = await alice.client.get("/users/me/export")
        may_end.set()

    assert second.status_code == 429
    assert second.json()["code"] == "export_running"
    assert int(second.headers["Retry-After"]) >= 1
    assert (await first).status_code == 200
    assert (await alice.client.get("/users/me/export")).status_code == 200


async def test_an_export_that_breaks_off_is_recorded_and_over(
    alice: Person, database: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LOG-02: the event is stored before the first byte leaves."""
    with monkeypatch.context() as broken:
        broken.setattr("app.services.export._events", None)
        # How the transport of the tests says that an answer has no end.
        with pytest.raises(AssertionError):
            await alice.client.get("/users/me/export")

    query = "SELECT count(*) FROM audit_events WHERE event = 'data_exported'"
    assert await database.scalar(query) == 1
    assert (await alice.client.get("/users/me/export")).status_code == 200


async def test_a_client_that_leaves_cuts_off_no_query(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DOS-06: it is read to the end, and its connection goes back whole."""
    begun, ended = asyncio.Event(), asyncio.Event()

    async def read_slowly(*_: object, **__: object) -> list[object]:
        begun.set()
        await asyncio.sleep(0.1)
        ended.set()
        return []

    with monkeypatch.context() as slow:
        slow.setattr("app.crud.session.get_all", read_slowly)
        export = asyncio.create_task(alice.client.get("/users/me/export"))
        await begun.wait()
        export.cancel()
        await asyncio.wait({export})

    assert export.cancelled()
    await asyncio.wait_for(ended.wait(), 60)
    assert (await alice.client.get("/users/me/export")).status_code == 200
