from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import PRIVATE, Record


class File(Record):
    """A file that somebody has uploaded; its content is in the storage, under ``storage_key``."""

    __tablename__ = "files"
    __table_args__ = (Index(None, "owner_id", "created_at"),)

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    filename: Mapped[str] = mapped_column(String(255))
    # Decided by us, from the content.
    content_type: Mapped[str] = mapped_column(String(100))
    # Of what is stored, which for an image is not what was sent.
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(64), unique=True, info=PRIVATE)
