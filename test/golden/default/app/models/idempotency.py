from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base
from app.models.encrypted import Ciphertext, Encrypted
from app.utils.helpers import new_id


class IdempotencyKey(Base):
    """A POST that may be sent again, and what it was answered."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("user_id", "key"), Index(None, "created_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    created_at: Mapped[datetime]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(255))
    # A keyed hash: the request may hold what is encrypted elsewhere.
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer_ciphertext: Mapped[str | None] = mapped_column("answer", Ciphertext)
    answer = Encrypted("answer_ciphertext")
