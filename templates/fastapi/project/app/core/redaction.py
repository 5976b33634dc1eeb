"""What must not reach a log or an audit row, taken out by name, by shape and by value."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from app.core.secret_shapes import PLAIN, REDACTED, SHAPES, is_secret_name

V = TypeVar("V")

SHORTEST_SECRET = 8
LONGEST_TEXT = 16_000

# Line and paragraph separators, direction marks, and surrogates, which no output can encode.
_UNSEEN = "\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
# With C0 and C1 controls: ANSI escapes start with one.
_UNPRINTABLE = re.compile(f"[\x00-\x1f\x7f-\x9f{_UNSEEN}]")
_UNPRINTABLE_BUT_NEWLINE = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_UNSEEN}]")


def printable(text: str, limit: int | None = None, *, keeps_lines: bool = False) -> str:
    """Escape what could end a line, colour a terminal or turn the text around (CWE-117)."""
    pattern = _UNPRINTABLE_BUT_NEWLINE if keeps_lines else _UNPRINTABLE
    escaped = pattern.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    if limit is not None and len(escaped) > limit:
        return escaped[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return escaped


def redact_text(text: str) -> str:
    for pattern, replacement in SHAPES:
        text = pattern.sub(replacement, text)
    return text


def redact_mapping(values: Mapping[str, V]) -> dict[str, V | str]:
    """Redact by name, and the remaining texts by shape."""
    return {name: _redact_member(name, value) for name, value in values.items()}


def _redact_member(name: str, value: V) -> V | str:
    if isinstance(value, bool) or value is None:
        return value
    if is_secret_name(name):
        return REDACTED
    return redact_text(value) if isinstance(value, str) else value


class Redactor:
    """Redaction for log lines: nested values too, and the secrets of this very process."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = {secret for secret in secrets if len(secret) >= SHORTEST_SECRET}
        # The longest first, or a part of a secret would be left beside the replaced one.
        longest_first = sorted(known, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if known else None

    def text(self, text: str) -> str:
        if self._known is not None:
            text = self._known.sub(REDACTED, text)
        return text if PLAIN.fullmatch(text) else printable(redact_text(text), keeps_lines=True)

    def value(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Mapping):
            return {printable(str(name)): self.member(str(name), value[name]) for name in value}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(item) for item in value]
        text = self.text(str(value)[:LONGEST_TEXT])
        return text.replace("\n", "\\n")

    def member(self, name: str, value: Any) -> Any:
        """Return the value, unless its name says that it is a secret."""
        if is_secret_name(name) and value is not None and not isinstance(value, bool):
            return REDACTED
        return self.value(value)
