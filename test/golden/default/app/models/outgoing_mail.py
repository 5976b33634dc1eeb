from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import PRIVATE, Record
from app.models.encrypted import Ciphertext, Encrypted


class OutgoingMail(Record):
    """A mail to be sent, written with its cause; the row goes when the mail has gone.

    It says what is to be sent to whom, not the text: a token is made while its mail is written,
    so that none is ever stored, and a link that had to wait for the mail server is still fresh.
    """

    __tablename__ = "outgoing_mails"

    # Whose link it carries. Nobody's, where it is asked for by address, or is a mere warning:
    # that has to arrive even if the account is deleted in the meantime.
    owner_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    # Of the owner's password at that time: another password stops a move that still waits.
    password_digest: Mapped[str | None] = mapped_column(String(64), info=PRIVATE)
    kind: Mapped[str] = mapped_column(String(40))
    recipient_ciphertext: Mapped[str | None] = mapped_column("recipient", Ciphertext)
    recipient = Encrypted("recipient_ciphertext")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(index=True)
