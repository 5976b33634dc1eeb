"""Every table of the application, in one place for Alembic and for the queries.

`create-secure-api generate` adds a line here. Add yours in the same form: one import each.
"""

from app.models.audit import AuditHead, AuditRecord
from app.models.email_token import EmailToken
from app.models.file import File
from app.models.idempotency import IdempotencyKey
from app.models.login_throttle import LoginThrottle
from app.models.outgoing_mail import OutgoingMail
from app.models.refresh_token import RefreshToken
from app.models.session import Session
from app.models.user import User
from app.models.verified_email import VerifiedEmail

__all__ = [
    "AuditHead",
    "AuditRecord",
    "EmailToken",
    "File",
    "IdempotencyKey",
    "LoginThrottle",
    "OutgoingMail",
    "RefreshToken",
    "Session",
    "User",
    "VerifiedEmail",
]
