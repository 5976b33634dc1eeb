from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.core.one_time_code import RECOVERY_CODES
from app.schemas.base import Input, Output

# A recovery code with its hyphens has 29; people paste blanks with it.
OTP_MAX_LENGTH = 64


class OtpIn(Input):
    """A code of the authenticator app, or a recovery code."""

    otp: Annotated[str, Field(min_length=1, max_length=OTP_MAX_LENGTH)]


class TwoFactorOut(Output):
    enabled: bool
    enabled_at: datetime | None
    recovery_codes_left: int


class NewSecretOut(Output):
    """Shown once, for the authenticator app; ``otpauth_uri`` is what a QR code holds."""

    secret: str
    otpauth_uri: str


class RecoveryCodesOut(Output):
    """Shown once. Each signs in once in place of the app."""

    recovery_codes: Annotated[list[str], Field(max_length=RECOVERY_CODES)]
