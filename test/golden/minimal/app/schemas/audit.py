from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.core.constants import AuditEvent, Outcome
from app.schemas.base import InputId, Output, PageQuery
from app.schemas.times import UTCTime


class AuditQuery(PageQuery):
    """Which events; ``since`` is included, ``until`` is not."""

    event: Annotated[AuditEvent, Field(strict=False)] | None = None
    actor_id: InputId | None = None
    outcome: Annotated[Outcome, Field(strict=False)] | None = None
    since: UTCTime | None = None
    until: UTCTime | None = None


class AuditEventOut(Output):
    id: UUID
    seq: int
    created_at: datetime
    event: str
    outcome: str
    actor_id: UUID | None
    target: str | None
    ip: str | None
    request_id: str | None
    details: dict[str, Any]
