"""Versions of what is shown, so that nobody overwrites what they have not seen (RFC 9110, 13)."""

import hashlib
from collections.abc import Collection
from http import HTTPStatus

from app.core.errors import AppError
from app.schemas.base import Output
from app.utils.helpers import encode_base64url

TAG_BYTES = 18
ANY = "*"

Expected = Collection[str] | None
"""The ETags of the versions that a change is meant for, or none in particular."""


class VersionChanged(AppError):
    status = HTTPStatus.PRECONDITION_FAILED
    code = "version_changed"
    detail = "This has changed since you read it. Read it again."


def tag_of(shown: Output) -> str:
    """Return the ETag of an answer: of its content, so that no change can escape it."""
    digest = hashlib.sha256(shown.model_dump_json().encode()).digest()
    return f'"{encode_base64url(digest[:TAG_BYTES])}"'


def require_version(shown: Output, expected: Expected) -> None:
    """Refuse a change of something else than what the client has seen.

    Call it with a row that is locked: between parallel changes the second one sees the first.
    """
    if expected is not None and ANY not in expected and tag_of(shown) not in expected:
        raise VersionChanged
