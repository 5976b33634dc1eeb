"""API keys as text: recognisable to whoever scans for leaks, and checked for typing errors.

``<project>_key_``, 256 random bits, and the CRC-32 of all that; letters and digits only, so that
a double click takes the whole and no address or shell changes it.
"""

import re
import secrets
import string
import zlib
from enum import StrEnum

from app.core.constants import PROJECT_SLUG

PREFIX = f"{PROJECT_SLUG.replace('-', '_')}_key_"
ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
# 62 ** 43 is the first power beyond 2 ** 256.
SECRET_CHARACTERS = 43
CHECKSUM_CHARACTERS = 6
# Enough for its owner to tell it from the others; 232 random bits stay unseen.
HINT_CHARACTERS = 4

_KEY = re.compile(
    rf"{re.escape(PREFIX)}[0-9A-Za-z]{{{SECRET_CHARACTERS + CHECKSUM_CHARACTERS}}}", re.ASCII
)


class Scope(StrEnum):
    READ = "read"
    WRITE = "write"


def new_api_key() -> str:
    secret = "".join(secrets.choice(ALPHABET) for _ in range(SECRET_CHARACTERS))
    return f"{PREFIX}{secret}{checksum(PREFIX + secret)}"


def is_api_key(text: str) -> bool:
    """Tell whether the text could be a key of ours, without asking the database."""
    if _KEY.fullmatch(text) is None:
        return False
    return checksum(text[:-CHECKSUM_CHARACTERS]) == text[-CHECKSUM_CHARACTERS:]


def hint(key: str) -> str:
    return key[: len(PREFIX) + HINT_CHARACTERS]


def checksum(text: str) -> str:
    """Write a CRC-32 in base 62. It finds mistakes, not forgeries: those the database refuses."""
    rest, digits = zlib.crc32(text.encode()), ""
    for _ in range(CHECKSUM_CHARACTERS):
        rest, digit = divmod(rest, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits
