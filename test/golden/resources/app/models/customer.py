from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import PRIVATE, Record
from app.models.encrypted import Ciphertext, Encrypted


class Customer(Record):
    __tablename__ = "customers"
    __table_args__ = (
        Index(None, "owner_id", "created_at"),
        UniqueConstraint("owner_id", "email"),
    )

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(254))
    notes_ciphertext: Mapped[str | None] = mapped_column("notes", Ciphertext, info=PRIVATE)
    notes = Encrypted("notes_ciphertext")
