"""How people are named: one spelling per e-mail address and per user name, decided by us."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from app.core.lookalikes import is_deceptive

EMAIL_MAX_LENGTH = 254
LOCAL_PART_MAX_LENGTH = 64  # RFC 5321, 4.5.3.1.1: mail to a longer one goes nowhere
# A user name has no "@", so a sign-in name is either one or the other, never both.
USERNAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{2,49}$"


class InvalidEmail(ValueError):
    """A sentence that does not repeat the address."""


def normalize_email(address: str) -> str:
    """Return the one spelling that is stored: local part without case, domain as an A-label.

    Local parts are ASCII only and compared without case: no provider of today tells "Bob" from
    "bob", and look-alikes from other alphabets would name a second account (UTS 39).
    """
    if len(address) > EMAIL_MAX_LENGTH:
        raise InvalidEmail("This is not an e-mail address.")
    try:
        parsed = validate_email(
            address,
            check_deliverability=False,
            allow_smtputf8=False,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
            test_environment=True,
        )
    except EmailNotValidError:
        raise InvalidEmail("This is not an e-mail address.") from None
    if len(parsed.local_part) > LOCAL_PART_MAX_LENGTH:
        raise InvalidEmail("This is not an e-mail address.")
    # The domain as it is read: an A-label is decoded by now.
    if is_deceptive(parsed.domain):
        raise InvalidEmail("The domain is written with letters that look like others.")
    local = unicodedata.normalize("NFC", parsed.local_part).casefold()
    return f"{local}@{parsed.ascii_domain.lower()}"


def username_key(username: str) -> str:
    """Return what is unique of a user name: it is ASCII, so the case is all that can vary."""
    return username.casefold()


def sign_in_name(submitted: str) -> str:
    """Return the spelling under which an account would be found, and failures are counted.

    Defined for every text: what is no address and no user name simply names nobody.
    """
    if "@" in submitted:
        try:
            return normalize_email(submitted)
        except InvalidEmail:
            pass
    return unicodedata.normalize("NFC", submitted).casefold()
