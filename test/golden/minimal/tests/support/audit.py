"""The audit log of a test: rows to read or tamper with, and the check that has to notice."""

from fastapi import FastAPI

from app.config import Settings
from app.core.constants import AuditEvent, Outcome
from app.management.audit import read_anchor
from app.services import audit, audit_check
from tests.support.inspector import Inspector

EVENTS = "SELECT * FROM audit_events WHERE event = :event ORDER BY seq"


async def write_rows(api: FastAPI, count: int) -> None:
    for number in range(count):
        await audit.record_now(
            api.state.sessions, AuditEvent.LOGOUT, Outcome.SUCCESS, details={"number": number}
        )


async def verify(api: FastAPI, settings: Settings, *anchors: str) -> audit_check.Verdict:
    known = dict(read_anchor(anchor) for anchor in anchors)
    return await audit_check.verify(api.state.engine, settings, known)


async def disarm(database: Inspector) -> None:
    """Take the triggers away, as somebody who owns the database can."""
    if database.backend == "postgresql":
        await database.execute("ALTER TABLE audit_events DISABLE TRIGGER USER")
        return
    triggers = await database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers:
        await database.execute(f"DROP TRIGGER {name}")
