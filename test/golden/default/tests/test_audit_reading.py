"""Who may read what is recorded, and how it is found."""

from datetime import timedelta

import pytest
from httpx import AsyncClient

from app.utils.helpers import utc_now
from tests.support.audit import EVENTS
from tests.support.inspector import Inspector
from tests.support.people import Person, log_in


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
