"""Why an upload is refused. Each leaves a row in the audit log; see ``app.services.upload``."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import structlog

from app.core.errors import (
    AppError,
    BadRequest,
    ContentTooLarge,
    InvalidRequest,
    ServiceUnavailable,
)
from app.core.uploads.limits import MAX_PIXELS

logger = structlog.get_logger(__name__)

RETRY_SECONDS = 5


class UploadRefused(AppError):
    """What was sent is not taken, whoever sends it and however often."""


class MalformedUpload(UploadRefused, BadRequest):
    code = "malformed_upload"
    detail = "Send one file, as the part 'file' of a multipart/form-data body."


class NotAForm(UploadRefused):
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "unsupported_media_type"
    detail = "Send a multipart/form-data body."


class UploadTimedOut(UploadRefused):
    status = HTTPStatus.REQUEST_TIMEOUT
    code = "body_timeout"
    detail = "The request body took too long to arrive."


class UploadTooLarge(UploadRefused, ContentTooLarge):
    pass


class QuotaExceeded(UploadRefused, ContentTooLarge):
    code = "quota_exceeded"
    detail = "There is no room left for your files. Delete some first."


class UnsupportedFileType(UploadRefused):
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "unsupported_file_type"
    detail = "Only PNG, JPEG, WebP and PDF are taken; name, type and content have to agree."


class InvalidFilename(UploadRefused, InvalidRequest):
    code = "invalid_filename"
    detail = "The name of the file is not valid."


class EmptyFile(UploadRefused, InvalidRequest):
    code = "empty_file"
    detail = "The file is empty."


class InvalidFile(UploadRefused, InvalidRequest):
    code = "invalid_file"
    detail = "The file is damaged, or not what it says it is."


class ImageTooLarge(UploadRefused, InvalidRequest):
    code = "image_too_large"
    detail = f"An image has at most {MAX_PIXELS // 10**6} million pixels, and a single frame."


class ActiveContent(UploadRefused, InvalidRequest):
    code = "active_content"
    detail = "A PDF with scripts, attachments, forms that send, or encryption is not taken."


class InfectedFile(UploadRefused, InvalidRequest):
    code = "infected_file"
    detail = "The scanner has found something harmful in the file."


class UploadsBusy(ServiceUnavailable):
    detail = "Too many files are being worked on. Try again in a moment."

    def __init__(self) -> None:
        super().__init__(retry_after=RETRY_SECONDS)


class StorageUnavailable(ServiceUnavailable):
    detail = "The file storage cannot be reached at the moment."

    def __init__(self) -> None:
        super().__init__(retry_after=RETRY_SECONDS)


@contextmanager
def storage_errors(*types: type[Exception]) -> Iterator[None]:
    """Say "later" instead of what went wrong, which may name a folder, a bucket or a key."""
    try:
        yield
    except types as error:
        logger.error("file_storage_failed", error=type(error).__name__)
        raise StorageUnavailable from error
