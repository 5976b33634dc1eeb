from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import PRIVATE, Base
from app.utils.helpers import new_id


class ApiKey(Base):
    """What a program shows instead of signing in. Revoked is deleted: nothing can revive it."""

    __tablename__ = "api_keys"
    __table_args__ = (Index(None, "owner_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    # The beginning, by which its owner recognises it.
    hint: Mapped[str] = mapped_column(String(80))
    # SHA-256 is enough for 256 random bits: there is nothing to guess.
    key_hash: Mapped[str] = mapped_column(String(64), unique=True, info=PRIVATE)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
