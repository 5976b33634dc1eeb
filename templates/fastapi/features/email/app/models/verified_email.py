from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Record


class VerifiedEmail(Record):
    """The address that an account has shown to be its own. Another one does not count."""

    __tablename__ = "verified_emails"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    verified_at: Mapped[datetime]
