"""Who calls: one row of session and user, loaded as columns once per request."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.constants import Role
from app.core.encryption import open_field


@dataclass(frozen=True, slots=True)
class Caller:
    """The signed-in user as the database knows them now; nothing of it comes from a token."""

    user_id: UUID
    session_id: UUID
    email: str
    username: str
    role: Role
    is_active: bool
    created_at: datetime
    updated_at: datetime
    signed_in_at: datetime
    phone_ciphertext: str | None

    @property
    def id(self) -> UUID:
        return self.user_id

    @property
    def phone(self) -> str | None:
        """Decrypted only where it is shown."""
        return open_field("users.phone", self.user_id, self.phone_ciphertext)

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN
