"""What people do with the files that they have uploaded. Somebody else's do not exist."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.constants import AuditEvent, Outcome
from app.core.context import current_context
from app.core.errors import NotFound
from app.core.identity import Caller
from app.core.uploads.content import NOTHING, Content
from app.core.uploads.settings import UploadSettings
from app.core.uploads.storage import storage
from app.crud import file as crud
from app.crud.pagination import PageRequest, Slice
from app.db.session import Sessions, read_session, unit_of_work
from app.models import File
from app.services import audit
from app.services.file_removal import discard


class FileNotFound(NotFound):
    code = "file_not_found"
    detail = "There is no such file."


async def list_files(engine: AsyncEngine, actor: Caller, page: PageRequest) -> Slice[File]:
    async with read_session(engine) as session:
        return await crud.get_page(session, owner_id=actor.user_id, page=page)


async def read_file(engine: AsyncEngine, actor: Caller, file_id: UUID) -> File:
    async with read_session(engine) as session:
        file = await crud.get(session, file_id, owner_id=actor.user_id)
    if file is None:
        raise FileNotFound
    return file


async def download_file(
    engine: AsyncEngine, sessions: Sessions, settings: UploadSettings, actor: Caller, file_id: UUID
) -> tuple[File, Content]:
    """Return a file with its content. That it went out is recorded before it does."""
    file = await read_file(engine, actor, file_id)
    if not current_context().wants_content:
        return file, NOTHING
    content = await storage(settings).open(file.storage_key)
    try:
        await audit.record_now(
            sessions,
            AuditEvent.FILE_DOWNLOADED,
            Outcome.SUCCESS,
            actor_id=actor.user_id,
            target=str(file_id),
        )
    except BaseException:
        content.close()
        raise
    return file, content


async def delete_file(
    sessions: Sessions, settings: UploadSettings, actor: Caller, file_id: UUID
) -> None:
    """Delete the row, then the content. Where the storage is away, the sweep does it later."""
    async with unit_of_work(sessions) as session:
        key = await crud.remove(session, file_id, owner_id=actor.user_id)
        if key is None:
            raise FileNotFound
    await discard(settings, [key])
