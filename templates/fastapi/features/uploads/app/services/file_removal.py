"""The end of stored files: with their row, with their owner, or when they have neither."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import event as events
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.uploads.errors import StorageUnavailable
from app.core.uploads.incoming import sweep_incoming
from app.core.uploads.settings import UploadSettings
from app.core.uploads.storage import KEY, storage
from app.crud import file as crud
from app.db.session import Sessions, unit_of_work
from app.utils.helpers import utc_now

logger = structlog.get_logger(__name__)

# Longer than any upload takes: what is younger may be about to get its row.
LEFT_ALONE = timedelta(hours=1)
BATCH = 500
# Longer nobody waits for a storage that is away.
DISCARD_SECONDS = 10.0
_discarding: set[asyncio.Task[None]] = set()


@dataclass(frozen=True, slots=True)
class Swept:
    contents: int
    folders: int


async def discard(settings: UploadSettings, keys: Sequence[str]) -> None:
    """Remove content that has no row. What the storage cannot do now is left to ``sweep``."""
    try:
        async with asyncio.timeout(DISCARD_SECONDS), asyncio.TaskGroup() as group:
            for key in keys:
                group.create_task(storage(settings).remove(key))
    except* (StorageUnavailable, TimeoutError):
        logger.warning("files_left_to_the_sweep", count=len(keys))


async def forget_files(session: AsyncSession, owner_id: UUID) -> None:
    """Let the content of all files go once the account is gone; the database takes the rows."""
    settings: UploadSettings = session.info["settings"]
    keys = await crud.get_keys(session, owner_id=owner_id)

    def begin(_: object) -> None:
        # Not in the request: a bucket takes its time for a thousand files.
        task = asyncio.get_running_loop().create_task(discard(settings, keys))
        _discarding.add(task)
        task.add_done_callback(_discarding.discard)

    events.listen(session.sync_session, "after_commit", begin, once=True)


async def sweep(sessions: Sessions, settings: UploadSettings) -> Swept:
    """Remove what uploads and deletions left behind that were cut off."""
    folders = sweep_incoming(settings, LEFT_ALONE.total_seconds())
    removed = 0
    batch: list[str] = []
    async for key in storage(settings).keys_before(utc_now() - LEFT_ALONE):
        # Names of another form are not ours.
        if KEY.fullmatch(key):
            batch.append(key)
        if len(batch) == BATCH:
            removed += await _remove_unknown(sessions, settings, batch)
            batch.clear()
    return Swept(removed + await _remove_unknown(sessions, settings, batch), folders)


async def _remove_unknown(sessions: Sessions, settings: UploadSettings, keys: list[str]) -> int:
    async with unit_of_work(sessions) as session:
        unknown = set(keys) - await crud.known_keys(session, keys)
    for key in unknown:
        await storage(settings).remove(key)
    return len(unknown)
