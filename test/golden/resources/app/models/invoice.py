from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Record
from app.models.numbers import ExactDecimal


class Invoice(Record):
    __tablename__ = "invoices"
    __table_args__ = (
        Index(None, "owner_id", "created_at"),
        Index(None, "status"),
        Index(None, "customer_id"),
        Index(
            "uq_invoices_owner_id_number",
            "owner_id",
            "number",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
        CheckConstraint("status IN ('draft', 'sent', 'paid')", name="status"),
    )

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    deleted_at: Mapped[datetime | None]
    number: Mapped[str] = mapped_column(String(20))
    total: Mapped[Decimal] = mapped_column(ExactDecimal(10, 2), default=Decimal("0.00"))
    status: Mapped[str] = mapped_column(String(5), default="draft")
    due: Mapped[date | None]
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id"))
