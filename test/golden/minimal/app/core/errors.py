"""Everything the application may refuse to do.

Raised by services and dependencies, turned into problem+json in ``app.utils.error_handlers``.
A resource declares its own refusals at the top of its service, on one of these bases.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import ClassVar, TypedDict

PROBLEM_JSON = "application/problem+json"


class FieldError(TypedDict):
    """One invalid field: where, which rule, and a sentence; never the value that was sent."""

    loc: list[str | int]
    type: str
    msg: str


def problem_body(
    status: int,
    code: str,
    detail: str,
    request_id: str,
    errors: Sequence[FieldError] = (),
) -> dict[str, object]:
    """Lay out RFC 9457 problem details: the shape of every error, whoever sends it."""
    body: dict[str, object] = {
        "type": f"urn:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "code": code,
        "request_id": request_id,
    }
    if errors:
        body["errors"] = list(errors)
    return body


class AppError(Exception):
    """A refusal the client may see; ``detail`` is public, so keep secrets out of it."""

    status: ClassVar[HTTPStatus]
    code: ClassVar[str]
    detail: ClassVar[str]

    keeps_writes: ClassVar[bool] = False
    """Commit what was written before the error: revocations, audit rows of a refusal."""

    def __init__(
        self,
        detail: str | None = None,
        *,
        retry_after: int | None = None,
        errors: Sequence[FieldError] = (),
    ) -> None:
        self.public_detail = detail or self.detail
        self.errors = errors
        self.headers: dict[str, str] = {}
        if retry_after is not None:
            # A zero would invite the client to hammer on.
            self.headers["Retry-After"] = str(max(1, retry_after))
        super().__init__(self.public_detail)


class BadRequest(AppError):
    status = HTTPStatus.BAD_REQUEST
    code = "bad_request"
    detail = "The request is malformed."


class Unauthorized(AppError):
    """No credential was sent. The challenge has no ``error=`` then (RFC 6750, section 3)."""

    status = HTTPStatus.UNAUTHORIZED
    code = "not_authenticated"
    detail = "Sign in first."
    challenge: ClassVar[str] = "Bearer"

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail)
        self.headers["WWW-Authenticate"] = self.challenge


class InvalidToken(Unauthorized):
    """One answer for every reason: forged, expired, revoked, account gone."""

    code = "invalid_token"
    detail = "The access token is not valid."
    challenge = 'Bearer error="invalid_token"'


class InvalidCredentials(Unauthorized):
    code = "invalid_credentials"
    detail = "Wrong e-mail, user name or password."
    keeps_writes = True


class Forbidden(AppError):
    status = HTTPStatus.FORBIDDEN
    code = "forbidden"
    detail = "You may not do this."


class ReauthenticationRequired(Forbidden):
    code = "reauthentication_required"
    detail = "Sign in again to do this."


class NotFound(AppError):
    status = HTTPStatus.NOT_FOUND
    code = "not_found"
    detail = "There is nothing here."


class Conflict(AppError):
    status = HTTPStatus.CONFLICT
    code = "conflict"
    detail = "This contradicts what is already stored."


class ContentTooLarge(AppError):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "content_too_large"
    detail = "The request body is too large."


class InvalidRequest(AppError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "invalid_request"
    detail = "Some fields are not valid."


class TooManyRequests(AppError):
    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too_many_requests"
    detail = "Too many requests. Wait before you try again."


class ServiceUnavailable(AppError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "service_unavailable"
    detail = "The service cannot answer at the moment."
