"""How often at once somebody may have everything read that is theirs."""

from collections.abc import AsyncIterator
from uuid import UUID

from fastapi import Request

from app.api.deps import CurrentUser
from app.core.errors import TooManyRequests

WAIT_SECONDS = 10

EXPORT_HEADERS = {"Content-Disposition": 'attachment; filename="export.json"'}


class ExportRunning(TooManyRequests):
    code = "export_running"
    detail = "An export of yours is still on its way."


async def one_export_at_a_time(request: Request, user: CurrentUser) -> AsyncIterator[None]:
    """Hold the place of an export until its last byte is sent, or its client has gone.

    Each worker counts for itself; how many there may be in an hour, all of them together.
    """
    running: set[UUID] = request.app.state.exports
    if user.user_id in running:
        raise ExportRunning(retry_after=WAIT_SECONDS)
    running.add(user.user_id)
    try:
        yield
    finally:
        running.discard(user.user_id)
