"""What people get when they ask what is held about them (GDPR, articles 15 and 20).

That may be much. It is read a batch at a time and sent as it is read: no other request waits for
it, and neither memory nor a connection is held while somebody receives it slowly.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.core.constants import AuditEvent, Outcome
from app.core.identity import Caller
from app.crud import audit as audit_crud
from app.crud import personal
from app.crud import session as session_crud
from app.db.session import Sessions, read_session, reading
from app.models import AuditRecord
from app.models.base import Base
from app.schemas.audit import AuditEventOut
from app.schemas.session import SessionOut
from app.schemas.user import UserOut
from app.services import audit
from app.utils.helpers import utc_now

BATCH = 200

T = TypeVar("T")
JSON = TypeAdapter[Any](Any)
Batches = AsyncIterator[Sequence[object]]


async def export_me(engine: AsyncEngine, sessions: Sessions, actor: Caller) -> AsyncIterator[bytes]:
    """Record that somebody asks, then return what is to be sent: an ``ExportOut``, in pieces.

    The log is told as it was before, so it does not grow under the hands that copy it. The profile
    is opened here: if it is damaged, there is a problem to send, and not half a document.
    """
    profile = JSON.dump_json(UserOut.model_validate(actor))
    async with reading(engine) as connection:
        head = await audit_crud.get_head(connection)
    about = audit.About(actor_id=actor.user_id, target=str(actor.user_id))
    await audit.record_now(sessions, AuditEvent.DATA_EXPORTED, Outcome.SUCCESS, **about)
    return _document(engine, actor, profile, newest=0 if head is None else head[0])


async def _document(
    engine: AsyncEngine, actor: Caller, profile: bytes, *, newest: int
) -> AsyncIterator[bytes]:
    yield b'{"exported_at":' + JSON.dump_json(utc_now())
    yield b',"profile":' + profile
    yield b',"sessions":'
    async for piece in _list(_sessions(engine, actor)):
        yield piece
    yield b',"audit_events":'
    async for piece in _list(_events(engine, actor.user_id, newest)):
        yield piece
    yield b',"records":'
    opening = b"{"
    for model in personal.owned_models():
        yield opening + JSON.dump_json(model.__tablename__) + b":"
        opening = b","
        async for piece in _list(_records(engine, actor.user_id, model)):
            yield piece
    yield b"}}" if opening == b"," else b"{}}"


async def _list(batches: Batches) -> AsyncIterator[bytes]:
    opening = b"["
    async for batch in batches:
        if batch:
            yield opening + JSON.dump_json(batch)[1:-1]
            opening = b","
    yield b"]" if opening == b"," else b"[]"


async def _sessions(engine: AsyncEngine, actor: Caller) -> Batches:
    """One batch: a sign-in ends the oldest, so there are never many."""
    rows = await _read(engine, partial(session_crud.get_all, owner_id=actor.user_id))
    yield [_session(row, actor.session_id) for row in rows]


async def _events(engine: AsyncEngine, person_id: UUID, newest: int) -> Batches:
    about = partial(audit_crud.get_about, user_id=person_id, limit=BATCH)
    while newest > 0:
        rows = await _read(engine, partial(about, newest=newest))
        yield [_event(row, person_id) for row in rows]
        newest = rows[-1].seq - 1 if len(rows) == BATCH else 0


async def _records(engine: AsyncEngine, owner_id: UUID, model: type[Base]) -> Batches:
    mine = partial(personal.get_batch, model=model, owner_id=owner_id, limit=BATCH)
    rows = await _read(engine, partial(mine, after=None))
    yield [personal.to_dict(row) for row in rows]
    while len(rows) == BATCH:
        rows = await _read(engine, partial(mine, after=personal.id_of(rows[-1])))
        yield [personal.to_dict(row) for row in rows]


async def _read(
    engine: AsyncEngine, query: Callable[[AsyncSession], Awaitable[Sequence[T]]]
) -> Sequence[T]:
    """Read to the end even if the client has gone: a query that is cut off costs a connection."""

    async def read() -> Sequence[T]:
        async with read_session(engine) as session:
            return await query(session)

    return await asyncio.shield(read())


def _session(row: object, current_id: UUID) -> SessionOut:
    shown = SessionOut.model_validate(row)
    return shown.model_copy(update={"current": shown.id == current_id})


def _event(row: AuditRecord, person_id: UUID) -> AuditEventOut:
    shown = AuditEventOut.model_validate(row)
    if row.actor_id in (None, person_id):
        return shown
    # Who else acted, and from where, is about somebody else.
    return shown.model_copy(update={"actor_id": None, "ip": None})
