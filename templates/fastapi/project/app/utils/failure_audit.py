"""What an attacker would cause leaves a trace. A refusal stands, recorded or not."""

from uuid import UUID

import structlog
from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError

from app.core.client_address import rate_key
from app.core.constants import AuditEvent, Outcome
from app.core.context import current_context
from app.core.errors import AppError, Forbidden, TooManyRequests
from app.core.identity import Caller
from app.core.rate_limit import RateLimited
from app.services import audit
from app.services.login_throttle import LONGEST_WAIT_SECONDS, LoginLocked
from app.utils.decryption_errors import failed_place
from app.utils.door_audit import WINDOW_SECONDS, record_stranger

logger = structlog.get_logger(__name__)


async def record_refusal(request: Request, refusal: AppError) -> None:
    try:
        if isinstance(refusal, RateLimited):
            await _record_rate_limit(request, refusal)
        elif isinstance(refusal, LoginLocked):
            await _record_lock(request, refusal)
        elif isinstance(refusal, TooManyRequests):
            await _record_crowd(request, refusal)
        elif isinstance(refusal, Forbidden):
            await _record_denial(request, refusal)
    except SQLAlchemyError as error:
        logger.error("audit_write_failed", exc_info=error)


async def record_bug(request: Request, error: Exception) -> None:
    """Record what looks like a bug and is not: a stored value that somebody tampered with."""
    place = failed_place(error)
    if place is None:
        return
    about = audit.About(actor_id=_actor_id(request), target=place)
    try:
        await audit.record_now(
            request.app.state.sessions, AuditEvent.DECRYPTION_FAILED, Outcome.FAILURE, **about
        )
    except SQLAlchemyError as failed:
        logger.error("audit_write_failed", exc_info=failed)


async def _record_rate_limit(request: Request, refusal: RateLimited) -> None:
    await audit.record_once(
        request.app.state.sessions,
        AuditEvent.RATE_LIMITED,
        Outcome.FAILURE,
        key=f"{refusal.limit} {refusal.key}",
        window_seconds=refusal.window_seconds,
        details={"limit": refusal.limit},
    )


async def _record_lock(request: Request, refusal: LoginLocked) -> None:
    await audit.record_once(
        request.app.state.sessions,
        AuditEvent.LOGIN_LOCKED,
        Outcome.FAILURE,
        key=refusal.key,
        window_seconds=LONGEST_WAIT_SECONDS,
    )


async def _record_crowd(request: Request, refusal: TooManyRequests) -> None:
    """Record what no limit counts: too many at once."""
    actor_id = _actor_id(request)
    who = rate_key(current_context().client) if actor_id is None else str(actor_id)
    await audit.record_once(
        request.app.state.sessions,
        AuditEvent.RATE_LIMITED,
        Outcome.FAILURE,
        key=f"{refusal.code} {who}",
        window_seconds=WINDOW_SECONDS,
        actor_id=actor_id,
        details={"limit": refusal.code},
    )


async def _record_denial(request: Request, refusal: Forbidden) -> None:
    sessions, actor_id = request.app.state.sessions, _actor_id(request)
    if actor_id is None:
        await record_stranger(sessions, request.scope, refusal.code)
        return
    await audit.record_now(
        sessions,
        AuditEvent.ACCESS_DENIED,
        Outcome.FAILURE,
        actor_id=actor_id,
        target=request.url.path,
        details={"method": request.scope.get("method", "WEBSOCKET"), "code": refusal.code},
    )


def _actor_id(request: Request) -> UUID | None:
    caller: Caller | None = getattr(request.state, "caller", None)
    return None if caller is None else caller.user_id
