from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit_chain import Details
from app.models.base import Base

MAC_CHARACTERS = 100


class AuditRecord(Base):
    """One security event. Triggers of the migration refuse to change or delete a row."""

    __tablename__ = "audit_events"
    __table_args__ = (
        UniqueConstraint("seq"),
        Index(None, "created_at"),
        Index(None, "event", "seq"),
        Index(None, "actor_id", "seq"),
        Index(None, "target", "seq"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    # Without a gap: a number that is missing is a row that somebody took away.
    seq: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str] = mapped_column(String(10))
    # No foreign key: the row outlives the person, and is pseudonymous then.
    actor_id: Mapped[UUID | None]
    target: Mapped[str | None] = mapped_column(String(255))
    ip: Mapped[str | None] = mapped_column(String(50))
    request_id: Mapped[str | None] = mapped_column(String(36))
    details: Mapped[Details] = mapped_column(JSON)
    mac: Mapped[str] = mapped_column(String(MAC_CHARACTERS))


class AuditHead(Base):
    """The end of the chain. Without it, nobody would miss the last row."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    row_mac: Mapped[str] = mapped_column(String(MAC_CHARACTERS))
    mac: Mapped[str] = mapped_column(String(MAC_CHARACTERS))
