from sqlalchemy import Enum, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.constants import Role
from app.models.base import PRIVATE, Record
from app.models.encrypted import Ciphertext, Encrypted

RoleText = Enum(
    Role,
    name="role",
    # Text with a CHECK constraint: the same on both databases, and easy to extend.
    native_enum=False,
    create_constraint=True,
    length=20,
    values_callable=lambda roles: [role.value for role in roles],
)


class User(Record):
    __tablename__ = "users"

    # As app.core.identifiers.normalize_email leaves it: one mailbox, one spelling.
    email: Mapped[str] = mapped_column(String(254), unique=True)
    username: Mapped[str] = mapped_column(String(50))
    # The name without case. Unique in its place, so that "Alice" cannot pose as "alice".
    username_key: Mapped[str] = mapped_column(String(50), unique=True)
    hashed_password: Mapped[str] = mapped_column(String(255), info=PRIVATE)
    role: Mapped[Role] = mapped_column(RoleText, default=Role.USER)
    is_active: Mapped[bool] = mapped_column(default=True)
    phone_ciphertext: Mapped[str | None] = mapped_column("phone", Ciphertext)
    phone = Encrypted("phone_ciphertext")
