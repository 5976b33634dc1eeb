"""Cursors of paged lists: where the last page ended, sealed so that nobody writes their own."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from app.utils.helpers import decode_base64url, encode_base64url

SEAL_BYTES = 16

Value = str | int | float | bool | datetime | date | Decimal | UUID | None

# Beside what JSON knows. A datetime is a date too, so it comes first.
_TYPES: tuple[tuple[str, type, Callable[[str], Value]], ...] = (
    ("datetime", datetime, datetime.fromisoformat),
    ("date", date, date.fromisoformat),
    ("decimal", Decimal, Decimal),
    ("uuid", UUID, UUID),
)


def encode_cursor(key: bytes, scope: str, values: Sequence[Value]) -> str:
    """Seal a position for one scope: a list, its order and the caller who pages through it."""
    content = json.dumps(
        [_pack(value) for value in values], separators=(",", ":"), ensure_ascii=False
    ).encode()
    return encode_base64url(_seal(key, scope, content) + content)


def decode_cursor(keys: Iterable[bytes], scope: str, cursor: str) -> list[Value]:
    """Return the position; a ``ValueError`` means that it was not made for this scope."""
    sealed = decode_base64url(cursor)
    seal, content = sealed[:SEAL_BYTES], sealed[SEAL_BYTES:]
    if not any(hmac.compare_digest(seal, _seal(key, scope, content)) for key in keys):
        raise ValueError("not a cursor of this list and caller")
    return [_unpack(value) for value in json.loads(content)]


def _seal(key: bytes, scope: str, content: bytes) -> bytes:
    # The scope is hashed first, so that no part of it can pass for content.
    prefix = hashlib.sha256(scope.encode()).digest()
    return hmac.new(key, prefix + content, hashlib.sha256).digest()[:SEAL_BYTES]


def _pack(value: Value) -> object:
    for name, kind, _ in _TYPES:
        if isinstance(value, kind):
            return {name: value.isoformat() if isinstance(value, date) else str(value)}
    return value


def _unpack(value: object) -> Value:
    if isinstance(value, dict):
        (packed,) = value.items()
        return next(read(packed[1]) for name, _, read in _TYPES if name == packed[0])
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise ValueError("not a value of a column")
