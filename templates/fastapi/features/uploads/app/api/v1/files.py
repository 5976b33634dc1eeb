from uuid import UUID

from fastapi import APIRouter, Response, status
from fastapi.responses import StreamingResponse

from app.api.deps import CurrentUser, PageParams
from app.api.uploads import FILE_BODY, FILE_CONTENT, UploadBody, UploadRoute
from app.core.constants import API_PREFIX
from app.core.uploads.names import attachment
from app.crud.pagination import Slice
from app.dependencies import EngineDep, SessionsDep, SettingsDep
from app.models import File
from app.schemas.base import Page
from app.schemas.file import FileOut
from app.services import file as service
from app.services import upload as upload_service

router = APIRouter(prefix="/files", tags=["files"], route_class=UploadRoute)


@router.post(
    "",
    response_model=FileOut,
    status_code=status.HTTP_201_CREATED,
    openapi_extra=FILE_BODY,
)
async def upload_file(
    sessions: SessionsDep,
    settings: SettingsDep,
    user: CurrentUser,
    body: UploadBody,
    response: Response,
) -> File:
    """Upload a PNG, JPEG, WebP or PDF. Images are drawn anew, without what was hidden in them."""
    file = await upload_service.upload(sessions, settings, user, body)
    response.headers["Location"] = f"{API_PREFIX}/files/{file.id}"
    return file


@router.get("", response_model=Page[FileOut])
async def list_files(engine: EngineDep, user: CurrentUser, page: PageParams) -> Slice[File]:
    """List your files, newest first."""
    return await service.list_files(engine, user, page)


@router.get("/{file_id}", response_model=FileOut)
async def read_file(engine: EngineDep, user: CurrentUser, file_id: UUID) -> File:
    """Read what is known of a file."""
    return await service.read_file(engine, user, file_id)


@router.get("/{file_id}/content", response_class=StreamingResponse, responses=FILE_CONTENT)
async def download_file(
    engine: EngineDep,
    sessions: SessionsDep,
    settings: SettingsDep,
    user: CurrentUser,
    file_id: UUID,
) -> StreamingResponse:
    """Download the content of a file. It is never meant to be shown in a page."""
    file, content = await service.download_file(engine, sessions, settings, user, file_id)
    headers = {
        "Content-Disposition": attachment(file.filename),
        "Content-Length": str(file.size),
        # A thousand overlapping ranges cost as much as one whole file: they are ignored.
        "Accept-Ranges": "none",
    }
    return StreamingResponse(content, headers=headers, media_type=file.content_type)


@router.delete("/{file_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_file(
    sessions: SessionsDep, settings: SettingsDep, user: CurrentUser, file_id: UUID
) -> None:
    """Delete a file."""
    await service.delete_file(sessions, settings, user, file_id)
