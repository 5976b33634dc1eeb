"""What is recorded, how often, and who may read it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.config import Settings
from app.core.constants import AuditEvent, Outcome
from app.core.context import RequestContext, request_context
from app.db.session import create_sessions
from app.services import audit
from app.utils.helpers import utc_now
from tests.support.inspector import Inspector
from tests.support.people import Person, log_in

EVENTS = "SELECT * FROM audit_events WHERE event = :event ORDER BY seq"


async def test_a_row_says_who_what_when_and_from_where(alice: Person, database: Inspector) -> None:
    """LOG-02: UTC time, actor, action, object, outcome, shortened address, request id."""
    request_id = str(uuid4())

    await alice.client.post("/auth/logout-all", headers={"X-Request-ID": request_id})

    (row,) = await database.rows(EVENTS, event="logout")
    shown = row._mapping
    assert str(shown["actor_id"]).replace("-", "") == alice.id.hex
    assert (shown["target"], shown["outcome"]) == (str(alice.id), "success")
    assert (shown["ip"], shown["request_id"]) == ("127.0.0.0/24", request_id)


async def test_unknown_names_and_full_addresses_are_not_kept(
    client: AsyncClient, database: Inspector
) -> None:
    """DATA-05: the log is pseudonymous without a key that is not in the database."""
    await log_in(client, "nobody-knows-me@example.com")

    assert len(await database.rows(EVENTS, event="login_failed")) == 1
    dump = await database.dump()
    assert "nobody-knows-me" not in dump
    assert "127.0.0.1" not in dump


async def test_administrators_page_and_filter(admin: Person, alice: Person) -> None:
    failed = {"event": "login_failed", "outcome": "failure"}
    for _ in range(3):
        await log_in(alice.client, "alice", "not the password at all")

    first = (await admin.client.get("/audit-events", params=failed | {"limit": 2})).json()
    rest = {"limit": 2, "cursor": first["next_cursor"]}
    second = (await admin.client.get("/audit-events", params=failed | rest)).json()

    numbers = [event["seq"] for event in first["items"] + second["items"]]
    assert len(numbers) == 3
    assert numbers == sorted(numbers, reverse=True)
    assert second["next_cursor"] is None
    assert "mac" not in first["items"][0]


async def test_administrators_filter_by_actor_and_time(admin: Person, alice: Person) -> None:
    hour = timedelta(hours=1)
    mine = {"actor_id": str(alice.id)}
    now = utc_now()

    async def found(**more: str) -> int:
        response = await admin.client.get("/audit-events", params=mine | more)
        assert response.status_code == 200, response.text
        assert {event["actor_id"] for event in response.json()["items"]} <= {str(alice.id)}
        return len(response.json()["items"])

    assert await found() >= 2
    assert await found(since=(now - hour).isoformat()) == await found()
    assert await found(until=(now - hour).isoformat()) == 0
    assert await found(since=(now + hour).isoformat()) == 0


async def test_reading_the_log_is_recorded(admin: Person, database: Inspector) -> None:
    """LOG-02: access to sensitive data leaves a trace."""
    await admin.client.get("/audit-events")

    (row,) = await database.rows(EVENTS, event="admin_read")
    assert row._mapping["target"] == "audit_events"


@pytest.mark.parametrize(
    "query", ["event=unknown", "outcome=maybe", "since=yesterday", "since=2026-01-01", "seq=1"]
)
async def test_other_filters_are_refused(admin: Person, query: str) -> None:
    """INPUT-11."""
    assert (await admin.client.get(f"/audit-events?{query}")).status_code == 422


async def test_nobody_else_reads_the_log(alice: Person, client: AsyncClient) -> None:
    """AUTHZ-07."""
    assert (await alice.client.get("/audit-events")).status_code == 403
    assert (await client.get("/audit-events")).status_code == 401


async def test_repeated_refusals_are_one_row_and_no_further_write(
    api: FastAPI, database: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RATE-07, LOG-02: one row for each key and window; the repeats touch no database."""

    async def refuse(key: str) -> None:
        await audit.record_once(
            api.state.sessions,
            AuditEvent.RATE_LIMITED,
            Outcome.FAILURE,
            key=key,
            window_seconds=86_400,
        )

    with request_context(RequestContext("", "203.0.113.7")):
        await refuse("203.0.113.7")
        await refuse("203.0.113.8")
        sessions_opened: list[object] = []
        monkeypatch.setattr(audit, "unit_of_work", sessions_opened.append)
        for _ in range(200):
            await refuse("203.0.113.7")

    rows = await database.rows(EVENTS, event="rate_limited")
    assert (len(rows), sessions_opened) == (2, [])
    assert "203.0.113.7" not in await database.dump()


async def test_another_worker_adds_no_second_row(
    api: FastAPI, settings: Settings, database: Inspector
) -> None:
    """RATE-07: a worker that has not seen the first refusal finds its row."""
    for _ in range(3):
        sessions = create_sessions(api.state.engine, settings)
        await audit.record_once(
            sessions, AuditEvent.LOGIN_LOCKED, Outcome.FAILURE, key="k", window_seconds=86_400
        )

    assert len(await database.rows(EVENTS, event="login_locked")) == 1
