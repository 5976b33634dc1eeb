"""The arithmetic of the audit chain: what a row's MAC covers, and who can compute it.

A bare hash chain can be rebuilt by anybody who can write to the database. This one is keyed,
and the key is not in the database.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from uuid import UUID

from app.core import keys
from app.core.config import SecuritySettings

Details = dict[str, str | int | bool | None]

# What stands before the first row.
GENESIS = ""
KEY_ID = re.compile(f"[0-9a-f]{{{keys.KEY_ID_CHARACTERS}}}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says, without its MAC."""

    id: UUID
    seq: int
    created_at: datetime
    event: str
    outcome: str
    actor_id: UUID | None
    target: str | None
    ip: str | None
    request_id: str | None
    details: Details


class ChainKeys:
    """Signs with the current key. A MAC names its key, so that earlier ones still verify."""

    def __init__(self, settings: SecuritySettings) -> None:
        self._keys: Mapping[str, bytes] = keys.keyring(settings, keys.AUDIT)
        self._current = next(iter(self._keys))

    def row_mac(self, previous: str, entry: Entry) -> str:
        return self._mac(self._current, _row_message(previous, entry))

    def head_mac(self, seq: int, row_mac: str) -> str:
        return self._mac(self._current, _head_message(seq, row_mac))

    def is_row(self, previous: str, entry: Entry, mac: str) -> bool:
        return self._matches(mac, _row_message(previous, entry))

    def is_of_unknown_key(self, mac: str) -> bool:
        """Tell whether it names a key that is none of ours, as one that was dropped since."""
        key_id, _, _ = mac.partition(".")
        return KEY_ID.fullmatch(key_id) is not None and key_id not in self._keys

    def is_head(self, seq: int, row_mac: str, mac: str) -> bool:
        if seq == 0:
            # Written by the migration, which has no key.
            return row_mac == mac == GENESIS
        return self._matches(mac, _head_message(seq, row_mac))

    def _mac(self, key_id: str, message: bytes) -> str:
        return f"{key_id}.{hmac.new(self._keys[key_id], message, hashlib.sha256).hexdigest()}"

    def _matches(self, mac: str, message: bytes) -> bool:
        key_id = mac.partition(".")[0]
        if key_id not in self._keys:
            return False
        # As bytes: compare_digest refuses text that is not ASCII, which a forger may write.
        return hmac.compare_digest(self._mac(key_id, message).encode(), mac.encode())


def _row_message(previous: str, entry: Entry) -> bytes:
    return _canonical({"kind": "row", "previous": previous} | asdict(entry))


def _head_message(seq: int, row_mac: str) -> bytes:
    return _canonical({"kind": "head", "seq": seq, "row_mac": row_mac})


def _canonical(value: Mapping[str, object]) -> bytes:
    """One spelling for one meaning: sorted keys, no spaces, ASCII."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=_spell)
    return text.encode("ascii")


def _spell(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
