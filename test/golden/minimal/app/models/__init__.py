"""Every table of the application, in one place for Alembic and for the queries.

`create-secure-api generate` adds a line here. Add yours in the same form: one import each.
"""

from app.models.audit import AuditHead, AuditRecord
from app.models.idempotency import IdempotencyKey
from app.models.login_throttle import LoginThrottle
from app.models.refresh_token import RefreshToken
from app.models.session import Session
from app.models.user import User

__all__ = [
    "AuditHead",
    "AuditRecord",
    "IdempotencyKey",
    "LoginThrottle",
    "RefreshToken",
    "Session",
    "User",
]
