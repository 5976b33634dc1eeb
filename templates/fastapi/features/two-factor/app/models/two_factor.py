from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import PRIVATE, Base, Record
from app.models.encrypted import Ciphertext, Encrypted
from app.utils.helpers import new_id


class TwoFactor(Record):
    """The authenticator app of a user. It is asked for once it has been confirmed."""

    __tablename__ = "two_factors"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    secret_ciphertext: Mapped[str] = mapped_column("secret", Ciphertext, info=PRIVATE)
    secret = Encrypted("secret_ciphertext")
    confirmed_at: Mapped[datetime | None]
    # The newest step whose code was used: neither it nor an older one is good again.
    last_step: Mapped[int | None] = mapped_column(info=PRIVATE)


class RecoveryCode(Base):
    """A code that signs in once when the app is lost; the row goes when it is used."""

    __tablename__ = "recovery_codes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    # SHA-256 is enough for 120 random bits: there is nothing to guess.
    code_hash: Mapped[str] = mapped_column(String(64), unique=True, info=PRIVATE)
