"""Every exception to problem+json, in one place. Nothing that was sent is repeated."""

import json
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.core.context import current_context
from app.core.errors import (
    PROBLEM_JSON,
    AppError,
    BadRequest,
    InvalidRequest,
    NotFound,
    ServiceUnavailable,
    problem_body,
)
from app.utils.database_errors import refusal_for
from app.utils.failure_audit import record_bug, record_refusal
from app.utils.field_errors import field_errors

logger = structlog.get_logger(__name__)

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
STANDARD_METHODS = {*METHODS, "HEAD", "OPTIONS"}


class MethodNotAllowed(AppError):
    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "method_not_allowed"
    detail = "This address does not take that method."


class NotImplementedHere(AppError):
    status = HTTPStatus.NOT_IMPLEMENTED
    code = "not_implemented"
    detail = "This server does not know that method."


class InternalError(AppError):
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "internal_error"
    detail = "Something went wrong on our side."


def install_error_handlers(api: FastAPI) -> None:
    for error_class in (AppError, RequestValidationError, HTTPException, SQLAlchemyError):
        api.add_exception_handler(error_class, on_error)
    # The framework raises these again after the answer, for CatchAll to log.
    api.add_exception_handler(Exception, on_bug)


async def on_error(request: Request, error: Exception) -> Response:
    refusal = to_refusal(request, error)
    await record_refusal(request, refusal)
    return problem(refusal)


async def on_bug(request: Request, error: Exception) -> Response:
    await record_bug(request, error)
    return problem(InternalError())


def problem(refusal: AppError) -> Response:
    status, detail = int(refusal.status), refusal.public_detail
    request_id = current_context().request_id
    body = problem_body(status, refusal.code, detail, request_id, refusal.errors)
    # Written as ASCII, so half of a surrogate pair in a field's name cannot fail.
    content = json.dumps(body)
    return Response(content, status, refusal.headers, media_type=PROBLEM_JSON)


def to_refusal(request: Request, error: Exception) -> AppError:
    if isinstance(error, AppError):
        return error
    if isinstance(error, RequestValidationError):
        return InvalidRequest(errors=field_errors(error.errors()))
    if isinstance(error, HTTPException):
        return _from_framework(request, error)
    refusal = refusal_for(error)
    if refusal is None:
        raise error
    if isinstance(refusal, ServiceUnavailable):
        cause = type(error.__cause__).__name__
        logger.error("database_unavailable", error=type(error).__name__, cause=cause)
    return refusal


def _from_framework(request: Request, error: HTTPException) -> AppError:
    if isinstance(error.__cause__, AppError):
        # FastAPI makes a plain 400 of whatever goes wrong while a body is read.
        return error.__cause__
    if error.status_code == HTTPStatus.NOT_FOUND:
        return NotFound() if request.method in STANDARD_METHODS else NotImplementedHere()
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        refusal = MethodNotAllowed()
        refusal.headers["Allow"] = ", ".join(_allowed_methods(request))
        return refusal
    if error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        return BadRequest()
    raise error


def _allowed_methods(request: Request) -> list[str]:
    """Ask every route: the framework names the methods of the first one that fits the path."""
    allowed = [method for method in METHODS if _is_routed(request, method)]
    return [*allowed, "HEAD"] if "GET" in allowed else allowed


def _is_routed(request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
