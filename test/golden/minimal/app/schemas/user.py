from typing import Annotated

from pydantic import AfterValidator, Field

from app.core.constants import PASSWORD_MAX_BYTES, PASSWORD_MAX_LENGTH, Role
from app.core.identifiers import EMAIL_MAX_LENGTH, USERNAME_PATTERN, normalize_email
from app.core.masking import mask_phone
from app.schemas.base import Input, PartialUpdate, RecordOut

Email = Annotated[
    str,
    Field(max_length=EMAIL_MAX_LENGTH, json_schema_extra={"format": "email"}),
    AfterValidator(normalize_email),
]
Username = Annotated[str, Field(min_length=3, max_length=50, pattern=USERNAME_PATTERN)]

# The policy counts code points after normalisation; this only keeps megabytes away from it.
NewPassword = Annotated[
    str,
    Field(
        min_length=1,
        max_length=PASSWORD_MAX_BYTES,
        json_schema_extra={"maxLength": PASSWORD_MAX_LENGTH},
    ),
]
CurrentPassword = Annotated[str, Field(min_length=1, max_length=PASSWORD_MAX_BYTES)]

# E.164: no spaces, no national prefix; one number, one spelling.
Phone = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$", max_length=16)]


class UserCreate(Input):
    email: Email
    username: Username
    password: NewPassword


class ProfileUpdate(PartialUpdate):
    """What people change about themselves. A field left out stays as it is."""

    NOT_NULL = ("email", "username")

    email: Email | None = None
    username: Username | None = None
    # Null takes the number away.
    phone: Phone | None = None
    current_password: CurrentPassword | None = None


class UserUpdate(PartialUpdate):
    """What administrators change about others. A field left out stays as it is."""

    NOT_NULL = ("role", "is_active")

    role: Annotated[Role, Field(strict=False)] | None = None
    is_active: bool | None = None


class UserOut(RecordOut):
    email: str
    username: str
    role: Role
    is_active: bool
    phone: str | None


class AdminUserOut(UserOut):
    """An account as administrators see it: to know people by their number is not their task."""

    phone: Annotated[str | None, AfterValidator(mask_phone)]
