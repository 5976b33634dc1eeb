"""A table to page through, with many ties and some nulls."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.models.base import UTCDateTime
from app.utils.helpers import new_id

START = datetime(2026, 1, 1, tzinfo=UTC)


class Tables(DeclarativeBase):
    """Apart from the application's tables, which migrations make."""


class Item(Tables):
    __tablename__ = "paged_items"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    name: Mapped[str | None]
    price: Mapped[int]
    sold: Mapped[bool]


def thirty_items() -> list[Item]:
    return [
        Item(
            made_at=START + timedelta(microseconds=number // 4),
            name=None if number % 3 == 0 else f"name {number % 5}",
            price=number % 2,
            sold=number % 4 > 1,
        )
        for number in range(30)
    ]
