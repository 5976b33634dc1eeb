"""Strangers who are turned away leave a trace, also in front of the application.

Rows are never removed, and a request costs its sender nothing: there is one row for each address
and reason in a window.
"""

from starlette.types import Scope

from app.core.client_address import rate_key
from app.core.constants import AuditEvent, Outcome
from app.core.context import current_context
from app.core.refusal import Refusal
from app.db.session import Sessions
from app.services import audit

WINDOW_SECONDS = 900


async def record_token_in_clear(sessions: Sessions) -> None:
    await audit.record_once(
        sessions,
        AuditEvent.TOKEN_IN_CLEAR,
        Outcome.FAILURE,
        key=current_context().client,
        window_seconds=WINDOW_SECONDS,
    )


async def record_refused(sessions: Sessions, scope: Scope, refusal: Refusal) -> None:
    await record_stranger(sessions, scope, refusal.code)


async def record_stranger(sessions: Sessions, scope: Scope, code: str) -> None:
    method = scope.get("method", "WEBSOCKET")
    await audit.record_once(
        sessions,
        AuditEvent.ACCESS_DENIED,
        Outcome.FAILURE,
        key=f"{code} {rate_key(current_context().client)}",
        window_seconds=WINDOW_SECONDS,
        details={"method": method, "path": scope["path"], "code": code},
    )
