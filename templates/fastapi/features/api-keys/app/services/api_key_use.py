"""When API keys were last used: written behind the requests, at most once a minute for each."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.crud import api_key as crud
from app.db.session import Sessions, unit_of_work
from app.services.api_key_auth import PresentedKey

logger = structlog.get_logger(__name__)

WRITTEN_EVERY = timedelta(minutes=1)
# Connections that are busy with this are missing elsewhere. Who finds no place writes later.
MOST_WRITES = 2


class ApiKeyUses:
    """Tasks of one application, so that none is forgotten when it ends."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._writes: dict[UUID, asyncio.Task[None]] = {}

    def note(self, key: PresentedKey, now: datetime) -> None:
        """Have the use written down where that is due; the request does not wait for it."""
        is_fresh = key.last_used_at is not None and now - key.last_used_at < WRITTEN_EVERY
        if is_fresh or key.id in self._writes or len(self._writes) >= MOST_WRITES:
            return
        task = asyncio.create_task(self._write(key.id, now))
        self._writes[key.id] = task
        task.add_done_callback(lambda _: self._writes.pop(key.id))

    async def finish(self) -> None:
        await asyncio.gather(*self._writes.values())

    async def _write(self, key_id: UUID, now: datetime) -> None:
        try:
            async with unit_of_work(self._sessions) as session:
                await crud.mark_used(session, key_id, now=now, unless_since=now - WRITTEN_EVERY)
        except SQLAlchemyError as error:
            # The next request tries again.
            logger.warning("api_key_use_not_written", error=type(error).__name__)
