"""What people call their files: shown again, never used to find anything."""

import re
import unicodedata
from urllib.parse import quote

from app.core.uploads.errors import InvalidFilename

LONGEST_NAME = 255
LONGEST_EXTENSION = 10


def clean_filename(sent: bytes) -> str:
    """Keep what can be seen of the last part of a path; the end of the name decides its type."""
    try:
        text = unicodedata.normalize("NFC", sent.decode("utf-8"))
    except UnicodeDecodeError:
        raise InvalidFilename from None
    if "\0" in text:
        raise InvalidFilename
    last = re.split(r"[/\\]", text)[-1]
    # Controls, and marks that turn the direction of writing: "gpj.exe" for exe.jpg.
    visible = "".join(sign for sign in last if _is_visible(sign)).strip()
    if not visible.strip("."):
        raise InvalidFilename
    stem, dot, ending = visible.rpartition(".")
    if not dot or len(ending) > LONGEST_EXTENSION:
        return visible[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def _is_visible(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] != "C" and category not in ("Zl", "Zp")


def extension(filename: str) -> str:
    return filename.rpartition(".")[2].lower() if "." in filename else ""


def attachment(filename: str) -> str:
    """Write a Content-Disposition (RFC 6266): every sign that could end it is encoded."""
    return f"attachment; filename*=UTF-8''{quote(filename, safe='')}"
