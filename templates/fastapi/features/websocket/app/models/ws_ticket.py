from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import PRIVATE, Base


class WsTicket(Base):
    """The right to open one connection, within seconds, for one sign-in."""

    __tablename__ = "ws_tickets"

    # SHA-256 is enough for 256 random bits: there is nothing to guess.
    ticket_hash: Mapped[str] = mapped_column(String(64), primary_key=True, info=PRIVATE)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime]
