"""Which passwords are accepted: long ones that are not easily guessed. No composition rules.

NIST SP 800-63B-4, section 3.1.1.2, and OWASP ASVS 6.2: rules about upper case, digits and
symbols, and changes on a schedule, make passwords worse; they cannot be turned on.
"""

from app.core.config import SecuritySettings
from app.core.constants import (
    PASSWORD_MAX_BYTES,
    PASSWORD_MAX_LENGTH,
    PROJECT_NAME,
    PROJECT_SLUG,
)
from app.core.errors import FieldError, InvalidRequest
from app.core.guessability import LEET, fold, is_guessable
from app.core.security import normalize_password

# Shorter parts stand in any sentence by chance, so they count only as a word of their own.
SHORTEST_PART = 4
SHORTEST_IDENTITY = 3
OTHER_CHARACTERS = 8


class PasswordRejected(InvalidRequest):
    """The ``errors`` name the field, so that a form can show the sentence beside it."""

    def __init__(self, field: str = "password") -> None:
        entry: FieldError = {"loc": ["body", field], "type": self.code, "msg": self.detail}
        super().__init__(errors=[entry])


class PasswordTooShort(PasswordRejected):
    code = "password_too_short"
    detail = "The password is too short."


class PasswordTooLong(PasswordRejected):
    code = "password_too_long"
    detail = f"The password is longer than {PASSWORD_MAX_LENGTH} characters."


class PasswordCommon(PasswordRejected):
    code = "password_common"
    detail = "The password is among those that are guessed first."


class PasswordContainsIdentity(PasswordRejected):
    code = "password_contains_identity"
    detail = "The password contains the e-mail address, the user name or the name of this service."


def check_password(
    settings: SecuritySettings, password: str, *, email: str, username: str, field: str = "password"
) -> str:
    """Return the password as it is hashed, or refuse it."""
    # Before anything that reads the whole text: a megabyte is refused as fast as a word.
    if len(password) > 2 * PASSWORD_MAX_BYTES:
        raise PasswordTooLong(field)
    normal = normalize_password(password)
    if len(normal) > PASSWORD_MAX_LENGTH or len(normal.encode()) > PASSWORD_MAX_BYTES:
        raise PasswordTooLong(field)
    if len(normal) < settings.password_min_length:
        raise PasswordTooShort(field)
    identities = (email.partition("@")[0], username, PROJECT_NAME, PROJECT_SLUG)
    if any(_contains(normal, identity) for identity in identities):
        raise PasswordContainsIdentity(field)
    if is_guessable(normal):
        raise PasswordCommon(field)
    return normal


def _contains(password: str, identity: str) -> bool:
    part = fold(identity)
    if len(part) < SHORTEST_IDENTITY:
        return False
    text = fold(password)
    readings = {text, *(text.translate(table) for table in LEET)}
    if len(part) >= SHORTEST_PART:
        # "john.doe" is also found in "john doe" and "johndoe".
        squeezed = _letters_and_digits(part)
        return any(
            part in reading or (squeezed and squeezed in _letters_and_digits(reading))
            for reading in readings
        )
    return part in _words(text) or (part in text and len(text) - len(part) < OTHER_CHARACTERS)


def _letters_and_digits(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()
