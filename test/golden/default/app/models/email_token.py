from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import PRIVATE, Record


class EmailToken(Record):
    """A link that was mailed, good for a single use: the row goes with it."""

    __tablename__ = "email_tokens"
    # The newest voids the one before it.
    __table_args__ = (UniqueConstraint("owner_id", "purpose"),)

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(20))
    # SHA-256 is enough for 256 random bits: there is nothing to guess.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=PRIVATE)
    # Where it was sent: the address that it proves, or that the account is going to have.
    email: Mapped[str] = mapped_column(String(254))
    # Of the password at that time: another password voids the link.
    password_digest: Mapped[str] = mapped_column(String(64), info=PRIVATE)
    expires_at: Mapped[datetime] = mapped_column(index=True)
