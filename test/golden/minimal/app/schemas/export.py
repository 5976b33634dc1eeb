from datetime import datetime
from typing import Any

from app.schemas.audit import AuditEventOut
from app.schemas.base import Output
from app.schemas.session import SessionOut
from app.schemas.user import UserOut


class ExportOut(Output):
    """Everything that is held about a person; ``records`` by table."""

    exported_at: datetime
    profile: UserOut
    sessions: list[SessionOut]
    audit_events: list[AuditEventOut]
    records: dict[str, list[dict[str, Any]]]
