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
SWEEP_SECONDS = 3600.0
# Crashes leave a few. More is what a wrong or an old database does not know: only an operator,
# by ``files sweep``, may take that away.
MOST_ORPHANS = 20
# Longer nobody waits for a storage that is away.
DISCARD_SECONDS = 10.0
_discarding: set[asyncio.Task[None]] = set()


@dataclass(frozen=True, slots=True)
class Swept:
    contents: int
    folders: int


NOTHING_LEFT = Swept(0, 0)


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


async def sweep(sessions: Sessions, settings: UploadSettings, most: int | None = None) -> Swept:
    """Remove what uploads and deletions left behind that were cut off, unless it is too much."""
    folders = await asyncio.to_thread(sweep_incoming, settings, LEFT_ALONE.total_seconds())
    unknown: set[str] = set()
    batch: list[str] = []
    async for key in storage(settings).keys_before(utc_now() - LEFT_ALONE):
        # Names of another form are not ours.
        if KEY.fullmatch(key):
            batch.append(key)
        if len(batch) == BATCH:
            unknown |= await _without_row(sessions, batch)
            batch.clear()
    unknown |= await _without_row(sessions, batch)
    if most is not None and len(unknown) > most:
        logger.error("files_not_swept", count=len(unknown), hint="see that the database is theirs")
        return Swept(0, folders)
    for key in unknown:
        await storage(settings).remove(key)
    return Swept(len(unknown), folders)


async def _without_row(sessions: Sessions, keys: list[str]) -> set[str]:
    if not keys:
        return set()
    async with unit_of_work(sessions) as session:
        return set(keys) - await crud.known_keys(session, keys)


async def sweep_regularly(sessions: Sessions, settings: UploadSettings) -> None:
    """Sweep now, and then every hour. Every worker does: what one has removed, others miss."""
    while True:
        try:
            swept = await sweep(sessions, settings, MOST_ORPHANS)
        except Exception as error:
            # The database or the storage is away: in an hour it will be back.
            logger.warning("files_not_swept", error=type(error).__name__)
        else:
            if swept != NOTHING_LEFT:
                logger.info("files_swept", contents=swept.contents, folders=swept.folders)
        await asyncio.sleep(SWEEP_SECONDS)
