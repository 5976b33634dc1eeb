"""What a secret looks like: the names it goes by, and the shapes it has under any name."""

import re
from collections.abc import Callable
from functools import lru_cache

from app.core.masking import mask_email

REDACTED = "[redacted]"

# Part of a name is enough: new_password, X-API-Key, refresh_token, SECRET_KEY_PREVIOUS.
SECRET_NAMES = (
    "password",
    "passwd",
    "secret",
    "token",
    "authorization",
    "cookie",
    "api_key",
    "apikey",
    "credential",
    "otp",
    "recovery_code",
    "private_key",
    "encryption_key",
)
_NAME = "|".join(name.replace("_", "[_-]?") for name in SECRET_NAMES)
_SECRET_NAME = re.compile(_NAME, re.IGNORECASE)

# A value that looks like a secret, whatever it is called. Repetitions have bounds: a line that
# an attacker wrote must not cost more than its length.
SHAPES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # JSON Web Tokens.
    (re.compile(r"\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}"), REDACTED),
    # Authorization: Bearer ..., Basic ...
    (re.compile(r"\b(Bearer|Basic|Digest) [^\s,;\"']+", re.IGNORECASE), rf"\1 {REDACTED}"),
    # postgresql://user:password@host
    (re.compile(r"(://[^\s:/@]{0,200}:)[^\s/@]{1,500}@"), rf"\1{REDACTED}@"),
    (re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*"), REDACTED),
    # What PostgreSQL and SQLAlchemy say about the row that they refused.
    (re.compile(r"(Key \([^)\n]{0,200}\)=)\([^\n]{0,2000}\)"), rf"\1({REDACTED})"),
    (re.compile(r"(Failing row contains )\([^\n]{0,4000}\)"), rf"\1({REDACTED})"),
    (re.compile(r"\[parameters: [^\n]{0,4000}\]"), f"[parameters: {REDACTED}]"),
    # password=..., "new_password": "...", ?token=...
    (
        re.compile(
            rf"""((?:{_NAME})[\w.-]{{0,40}}["']?\s?[=:]\s?)"""
            r"""("[^"\n]{0,2000}"|'[^'\n]{0,2000}'|[^\s&,;)}]+)""",
            re.IGNORECASE,
        ),
        rf"\1{REDACTED}",
    ),
    # Opaque tokens: 256 random bits in base64url. Hexadecimal digests may stay.
    (re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{43,}=?"), REDACTED),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), lambda at: mask_email(at[0])),
)
# Too short for a token, and without a character that any of the shapes needs.
PLAIN = re.compile(r"[\w./-]{0,42}", re.ASCII)


@lru_cache(maxsize=1024)
def is_secret_name(name: str) -> bool:
    return _SECRET_NAME.search(name) is not None
