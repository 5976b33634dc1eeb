"""What happened, by whom, and whether it was allowed: written so that nobody can change it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

import structlog
from sqlalchemy import event as events
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.audit_anchor import anchors_of
from app.core.audit_chain import ChainKeys, Details, Entry
from app.core.audit_windows import windows_of
from app.core.config import SecuritySettings
from app.core.constants import AuditEvent, Outcome
from app.core.context import current_context
from app.core.keys import keyed_hash
from app.core.redaction import printable, redact_mapping, redact_text
from app.crud import audit as crud
from app.db.session import Sessions, unit_of_work
from app.utils.helpers import coarse_address, new_id, utc_now

LONGEST_TARGET = 255
LONGEST_DETAIL = 500

logger = structlog.get_logger(__name__)

Members = Mapping[str, str | int | bool | None]
NO_DETAILS: Members = MappingProxyType({})


class About(TypedDict, total=False):
    """Who did it, to what, and what else is worth knowing; never a secret."""

    actor_id: UUID | None
    target: str | None
    details: Members


@lru_cache(maxsize=4)
def chain_keys(settings: SecuritySettings) -> ChainKeys:
    return ChainKeys(settings)


async def record(
    session: AsyncSession, event: AuditEvent, outcome: Outcome, **about: Unpack[About]
) -> None:
    """Append an event to the chain, in the given unit of work.

    Call it last: until the commit, every other request that records something waits.
    """
    chain = chain_keys(session.info["settings"])
    seq, previous = await crud.lock_head(session)
    context = current_context()
    target = about.get("target")
    entry = Entry(
        id=new_id(),
        seq=seq + 1,
        created_at=utc_now(),
        event=event.value,
        outcome=outcome.value,
        actor_id=about.get("actor_id"),
        target=None if target is None else printable(redact_text(target), LONGEST_TARGET),
        ip=coarse_address(context.client) or None,
        request_id=context.request_id or None,
        details=_plain(about.get("details", NO_DETAILS)),
    )
    mac = chain.row_mac(previous, entry)
    await crud.append(session, entry, mac, chain.head_mac(entry.seq, mac))
    _anchor_after_commit(session, entry.seq, mac)


async def record_now(
    sessions: Sessions, event: AuditEvent, outcome: Outcome, **about: Unpack[About]
) -> None:
    """Record in a unit of work of its own: the row stays whatever becomes of the request.

    The request's own session must not have written before: SQLite has a single writer.
    """
    async with unit_of_work(sessions) as session:
        await record(session, event, outcome, **about)


class Window(TypedDict):
    """Whose repetitions count as one; the key is stored as a keyed hash, as the target."""

    key: str
    window_seconds: int
    actor_id: NotRequired[UUID | None]
    details: NotRequired[Members]


async def record_once(
    sessions: Sessions, event: AuditEvent, outcome: Outcome, **window: Unpack[Window]
) -> None:
    """Record the first of many equal events in a window; the others cost no statement.

    The refusal that is recorded stands anyway, so a database that is away does not raise.
    """
    number = int(utc_now().timestamp()) // window["window_seconds"]
    windows, key = windows_of(sessions), f"{event} {window['key']}"
    if not windows.opens(key, number):
        return
    is_done = False
    try:
        await _record_first(sessions, event, outcome, number, **window)
        is_done = True
    except SQLAlchemyError as error:
        logger.error("audit_write_failed", audit_event=event.value, error=type(error).__name__)
    finally:
        if not is_done:
            # The row is still owed: to the next one of them.
            windows.forget(key)


async def _record_first(
    sessions: Sessions, event: AuditEvent, outcome: Outcome, number: int, **window: Unpack[Window]
) -> None:
    """Record unless another worker was first: holding the head, its row is seen or none is."""
    since = datetime.fromtimestamp(number * window["window_seconds"], UTC)
    async with unit_of_work(sessions) as session:
        await crud.lock_head(session)
        target = keyed_hash(session.info["settings"], "audit-key", window["key"])
        if await crud.is_recorded(session, event, target, since):
            return
        about = About(
            actor_id=window.get("actor_id"),
            target=target,
            details=window.get("details", NO_DETAILS),
        )
        await record(session, event, outcome, **about)


def _plain(details: Members) -> Details:
    clean = redact_mapping(details)
    return {
        name: printable(value, LONGEST_DETAIL) if isinstance(value, str) else value
        for name, value in clean.items()
    }


def _anchor_after_commit(session: AsyncSession, seq: int, mac: str) -> None:
    anchors = anchors_of(session.get_bind().engine)
    committed = session.sync_session
    events.listen(committed, "after_commit", lambda _: anchors.note(seq, mac), once=True)
