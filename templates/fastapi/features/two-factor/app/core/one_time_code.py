"""Codes of authenticator apps (TOTP, RFC 6238) and recovery codes. Pure: the time is an argument.

A dozen lines on ``hmac``, without a library: those answer yes or no, and a code that is good for
one use needs to know which step it belongs to.
"""

import base64
import hmac
import secrets
from datetime import datetime
from enum import StrEnum, auto
from urllib.parse import quote, urlencode

from app.core.constants import PROJECT_NAME

# What every authenticator app understands; some ignore other values and show wrong codes. SHA-1
# is no weakness here: HMAC does not rest on collision resistance (RFC 4226, B.2).
ALGORITHM = "sha1"
DIGITS = 6
STEP_SECONDS = 30
# One step back and one ahead, for slow fingers and clocks (RFC 6238, 5.2).
DRIFT_STEPS = 1
# RFC 4226, 4: 160 bits.
SECRET_BYTES = 20

RECOVERY_CODES = 10
# 120 bits. From 112 on a plain hash is enough at rest (NIST SP 800-63B-4, OWASP ASVS 6.5.2).
RECOVERY_BYTES = 15
RECOVERY_GROUP = 4


class Factor(StrEnum):
    """What somebody has shown beside the password."""

    APP = auto()
    RECOVERY_CODE = auto()


def new_secret() -> str:
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def otpauth_uri(secret: str, account: str) -> str:
    """Write what authenticator apps read from a QR code."""
    parameters = {
        "secret": secret,
        "issuer": PROJECT_NAME,
        "algorithm": ALGORITHM.upper(),
        "digits": DIGITS,
        "period": STEP_SECONDS,
    }
    label = f"{quote(PROJECT_NAME, safe='')}:{quote(account, safe='')}"
    return f"otpauth://totp/{label}?{urlencode(parameters, quote_via=quote)}"


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int) -> str:
    """Compute the code of one step: HOTP, RFC 4226, 5.3."""
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), ALGORITHM)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the step that a code belongs to, when that is now or nearly now."""
    middle = step_at(now)
    steps = range(middle - DRIFT_STEPS, middle + DRIFT_STEPS + 1)
    # Every code is computed and compared, so that the time taken tells nothing.
    matching = [step for step in steps if hmac.compare_digest(code_of(secret, step), code)]
    return max(matching, default=None)


def is_app_code(code: str) -> bool:
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def new_recovery_codes() -> list[str]:
    return [_grouped(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES)]


def plain(typed: str) -> str:
    """Take away what makes a code readable: blanks, hyphens, small letters."""
    return typed.replace(" ", "").replace("-", "").upper()


def _grouped(code: bytes) -> str:
    text = base64.b32encode(code).decode().lower()
    groups = range(0, len(text), RECOVERY_GROUP)
    return "-".join(text[start : start + RECOVERY_GROUP] for start in groups)
