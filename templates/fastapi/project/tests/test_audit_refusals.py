"""Whoever is turned away leaves a trace, wherever that happens: one for each reason and window."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy.exc import OperationalError

from app.services import audit
from tests.support.inspector import Inspector
from tests.support.people import Person

ROWS = "SELECT * FROM audit_events WHERE event = :event ORDER BY seq"

Turned = Callable[[AsyncClient], Awaitable[Response]]


@pytest.fixture(autouse=True)
def _long_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no window end while a test runs, except at midnight."""
    for module in ("door_audit", "failure_audit"):
        monkeypatch.setattr(f"app.utils.{module}.WINDOW_SECONDS", 86_400)


async def in_clear(client: AsyncClient) -> Response:
    return await client.post("http://localhost/api/v1/auth/login")


async def from_elsewhere(client: AsyncClient) -> Response:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    return await client.options("/users/me", headers=asked)


async def rows_of(database: Inspector, event: str) -> list[dict[str, Any]]:
    rows = [dict(row._mapping) for row in await database.rows(ROWS, event=event)]
    for row in rows:
        if isinstance(row["details"], str):
            row["details"] = json.loads(row["details"])
    return rows


@pytest.mark.environment(FORCE_HTTPS="true")
@pytest.mark.parametrize(
    ("turned", "details"),
    [
        (in_clear, ("POST", "/api/v1/auth/login", "https_required")),
        (from_elsewhere, ("OPTIONS", "/api/v1/users/me", "cors_refused")),
    ],
)
async def test_who_is_refused_at_the_door_leaves_one_trace(
    client: AsyncClient, database: Inspector, turned: Turned, details: tuple[str, ...]
) -> None:
    """LOG-02, RATE-07: one row for each address and reason, however often it is tried."""
    statuses = {(await turned(client)).status_code for _ in range(3)}

    (row,) = await rows_of(database, "access_denied")
    assert statuses == {403}
    assert row["outcome"] == "failure"
    assert row["ip"] == "127.0.0.0/24"
    assert tuple(row["details"][name] for name in ("method", "path", "code")) == details


@pytest.mark.environment(FORCE_HTTPS="true")
@pytest.mark.parametrize("turned", [in_clear, from_elsewhere])
async def test_a_refusal_at_the_door_needs_no_database(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch, turned: Turned
) -> None:
    """LOG-02, ERR-05: it stands, recorded or not."""

    @asynccontextmanager
    async def away(_: object) -> AsyncIterator[None]:
        raise OperationalError("BEGIN", None, Exception("the database is away"))
        yield

    monkeypatch.setattr(audit, "unit_of_work", away)

    assert (await turned(client)).status_code == 403


async def test_every_kind_of_too_many_leaves_one_trace(
    api: FastAPI, alice: Person, bob: Person, database: Inspector
) -> None:
    """LOG-02, RATE-07: what is refused by another rule than a limit is refused all the same."""
    api.state.exports |= {alice.id, bob.id}
    for person in (alice, alice, bob):
        assert (await person.client.get("/users/me/export")).status_code == 429

    rows = await rows_of(database, "rate_limited")
    assert [row["details"] for row in rows] == [{"limit": "export_running"}] * 2
    actors = [str(row["actor_id"]).replace("-", "") for row in rows]
    assert actors == [alice.id.hex, bob.id.hex]
