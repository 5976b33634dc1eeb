"""Takes a file: receive, recognise, scan, make harmless, store, and only then say that it is there.

The content is stored before its row is committed, under a name that nobody knows. So a row
always has its content; content without a row, after a crash, is swept away.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.client_address import rate_key
from app.core.constants import AuditEvent, Outcome
from app.core.context import current_context
from app.core.errors import InvalidToken
from app.core.identity import Caller
from app.core.uploads.errors import InfectedFile, QuotaExceeded, UploadRefused, UploadTooLarge
from app.core.uploads.images import reencode
from app.core.uploads.incoming import Received, measure, receive, workplace
from app.core.uploads.multipart import read_boundary
from app.core.uploads.pdf import inspect_pdf
from app.core.uploads.scanner import scanner
from app.core.uploads.settings import UploadSettings
from app.core.uploads.storage import new_key, storage
from app.core.uploads.workshop import workshop
from app.crud import file as crud
from app.crud import user as user_crud
from app.db.session import Sessions, unit_of_work
from app.models import File
from app.services import audit
from app.services.file_removal import discard

# An image that its sender has packed better than we do may grow, but not without end.
GROWTH = 2
TOO_LONG_WINDOW_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Body:
    """A body that has not been read yet, and may be no form."""

    content_type: bytes
    chunks: AsyncIterator[bytes]


async def upload(sessions: Sessions, settings: UploadSettings, actor: Caller, body: Body) -> File:
    try:
        boundary = read_boundary(body.content_type)
        with workplace(settings) as folder:
            most = settings.max_upload_bytes
            received = await receive(body.chunks, boundary, folder, most)
            harmless = await make_harmless(settings, received, folder)
            return await keep(sessions, settings, actor, received, harmless)
    except UploadRefused as refused:
        await audit.record_now(
            sessions,
            AuditEvent.UPLOAD_REFUSED,
            Outcome.FAILURE,
            actor_id=actor.user_id,
            target="files",
            details={"code": refused.code},
        )
        raise


async def record_too_long(sessions: Sessions) -> None:
    """Record a body that was refused for its length, before anybody knows who sends it."""
    await audit.record_once(
        sessions,
        AuditEvent.UPLOAD_REFUSED,
        Outcome.FAILURE,
        key=rate_key(current_context().client),
        window_seconds=TOO_LONG_WINDOW_SECONDS,
        details={"code": UploadTooLarge.code},
    )


async def make_harmless(settings: UploadSettings, received: Received, folder: Path) -> Path:
    """Return the file to keep: an image drawn anew, or a PDF that does nothing."""
    if not await scanner(settings).is_clean(received.path):
        raise InfectedFile
    if not received.type.decoder:
        await workshop().work(inspect_pdf, received.path)
        return received.path
    redrawn = folder / "redrawn"
    redrawn.touch(mode=0o600)
    await workshop().work(reencode, received.path, redrawn, received.type.decoder)
    return redrawn


async def keep(
    sessions: Sessions, settings: UploadSettings, actor: Caller, received: Received, path: Path
) -> File:
    size, sha256 = await asyncio.to_thread(measure, path)
    if size > GROWTH * settings.max_upload_bytes:
        raise UploadTooLarge
    file = File(
        owner_id=actor.user_id,
        filename=received.filename,
        content_type=received.type.content_type,
        size=size,
        sha256=sha256,
        storage_key=new_key(),
    )
    key, may_have_row = file.storage_key, False
    try:
        await storage(settings).save(key, path, file.content_type)
        async with unit_of_work(sessions) as session:
            await _make_room(session, settings, actor, size)
            await crud.add(session, file)
            may_have_row = True
    except BaseException as error:
        # Cancelled, out of room, or the database is away: no row, so no content either. Of a
        # commit that broke off nobody knows: the sweep looks for the row before it removes.
        if not may_have_row or await _has_failed(sessions, error, key):
            await discard(settings, [key])
        raise
    return file


async def _has_failed(sessions: Sessions, error: BaseException, key: str) -> bool:
    """Tell whether it is certain that a commit came to nothing.

    The database has said so, and has no row. Where the connection broke, it may still be at it.
    """
    if not isinstance(error, DBAPIError) or error.connection_invalidated:
        return False
    try:
        async with unit_of_work(sessions) as session:
            return not await crud.known_keys(session, [key])
    except SQLAlchemyError:
        return False


async def _make_room(
    session: AsyncSession, settings: UploadSettings, actor: Caller, size: int
) -> None:
    """Count under a lock on the owner: two uploads at once cannot share the last place."""
    if await user_crud.get_locked(session, actor.user_id) is None:
        # The account was deleted while its file was on the way.
        raise InvalidToken
    count, used = await crud.get_usage(session, owner_id=actor.user_id)
    is_full = count >= settings.max_files_per_user
    if is_full or used + size > settings.max_upload_bytes_per_user:
        raise QuotaExceeded
