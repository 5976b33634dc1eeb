"""How a body that is a file comes in: streamed, never spooled by the framework."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from starlette.requests import ClientDisconnect

from app.api.routing import SecureRoute
from app.core.body_limit import Allowance
from app.core.config import SecuritySettings
from app.core.refusal import Refused
from app.core.uploads.errors import MalformedUpload, UploadTimedOut, UploadTooLarge
from app.core.uploads.file_types import CONTENT_TYPES
from app.core.uploads.multipart import FRAME_BYTES
from app.core.uploads.settings import UploadSettings
from app.core.uploads.storage import storage
from app.services.file_removal import sweep_regularly
from app.services.upload import Body, record_too_long

# For the specification: the framework reads no form here, so it cannot tell.
FILE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "additionalProperties": False,
                    "properties": {"file": {"type": "string", "format": "binary"}},
                },
                "encoding": {"file": {"contentType": ", ".join(CONTENT_TYPES)}},
            }
        },
    }
}
FILE_CONTENT: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            media_type: {"schema": {"type": "string", "format": "binary"}}
            for media_type in CONTENT_TYPES
        },
        "description": "The content, to be saved and not to be shown.",
    }
}


class UploadRoute(SecureRoute):
    """Takes a file where it is a POST; its body may be larger than others."""

    def allowance(self, api: FastAPI, settings: SecuritySettings) -> Allowance | None:
        if self.methods == {"POST"} and isinstance(settings, UploadSettings):
            size = settings.max_upload_bytes + FRAME_BYTES
            on_too_long = partial(record_too_long, api.state.sessions)
            return Allowance(size, settings.upload_seconds, on_too_long)
        return None


@asynccontextmanager
async def uploading(api: FastAPI) -> AsyncIterator[None]:
    """Sweep beside the requests, as long as the application serves."""
    # The client of the storage is loaded now: the first request should not wait for it.
    storage(api.state.settings)
    sweeping = asyncio.create_task(sweep_regularly(api.state.sessions, api.state.settings))
    try:
        yield
    finally:
        sweeping.cancel()
        await asyncio.gather(sweeping, return_exceptions=True)


async def get_upload(request: Request) -> Body:
    return Body(request.headers.get("content-type", "").encode("latin-1"), _stream(request))


UploadBody = Annotated[Body, Depends(get_upload)]


async def _stream(request: Request) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect:
        raise MalformedUpload("The body ends in the middle.") from None
    except Refused as refused:
        # The counter around the application answers; here it is only given its name.
        raise (UploadTooLarge if refused.refusal.status == 413 else UploadTimedOut) from refused
