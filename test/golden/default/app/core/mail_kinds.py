"""Which mails there are, and what the tokens in them are good for."""

from datetime import timedelta
from enum import StrEnum, auto


class MailKind(StrEnum):
    """What a mail is about. Its text is in ``app.services.mail_text``."""

    # The address that an account has; the one that it is going to have.
    VERIFY_ADDRESS = auto()
    CONFIRM_MOVE = auto()
    RESET_PASSWORD = auto()
    ADDRESS_TAKEN = auto()
    USERNAME_TAKEN = auto()
    MOVE_ASKED = auto()
    MOVED = auto()
    PASSWORD_CHANGED = auto()


class TokenPurpose(StrEnum):
    VERIFY = auto()
    MOVE = auto()
    RESET = auto()


# OWASP Forgot Password: a reset link is worth a password, so it does not lie around.
TOKEN_LIFETIMES = {
    TokenPurpose.VERIFY: timedelta(hours=24),
    TokenPurpose.MOVE: timedelta(hours=24),
    TokenPurpose.RESET: timedelta(minutes=30),
}
# Whoever signs in with an unconfirmed address gets another mail, three in an hour at most.
VERIFY_AGAIN_AFTER = timedelta(minutes=20)
# A mail that could not be sent for so long is given up.
MAIL_KEPT = timedelta(days=3)
