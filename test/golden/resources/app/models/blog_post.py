from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Record


class BlogPost(Record):
    __tablename__ = "blog_posts"
    __table_args__ = (
        Index(None, "owner_id", "created_at"),
        Index(None, "created_at"),
    )

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(100))
    body: Mapped[str] = mapped_column(Text)
    published: Mapped[datetime | None]
