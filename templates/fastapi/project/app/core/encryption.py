"""Encryption of single fields: AES-256-GCM, each value bound to its table, column and row.

The text form is ``v1.<key id>.<base64url of nonce, ciphertext and tag>``. A value that is copied
to another row or column does not open there (OWASP ASVS 11.3.3).
"""

import hashlib
import hmac
import os
from collections.abc import Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.keys import derive_key
from app.core.settings_types import EncryptionKey
from app.utils.helpers import decode_base64url, encode_base64url

VERSION = "v1"
# 96 random bits: good for 2^32 values under one key (NIST SP 800-38D, 8.3).
NONCE_BYTES = 12


class DecryptionFailed(Exception):
    """A stored value is not what was encrypted at this place; it may have been tampered with."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(place)


class KeyRing:
    """The first key encrypts, all of them decrypt."""

    def __init__(self, keys: Sequence[EncryptionKey]) -> None:
        self._ciphers = {key.id: AESGCM(derive_key(key.secret, "field-encryption")) for key in keys}
        self._index_keys = {key.id: derive_key(key.secret, "blind-index") for key in keys}

    @property
    def current_id(self) -> str:
        if not self._ciphers:
            raise RuntimeError("ENCRYPTION_KEYS is not set")
        return next(iter(self._ciphers))

    @property
    def current_prefix(self) -> str:
        return f"{VERSION}.{self.current_id}."

    def seal(self, place: str, text: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        cipher = self._ciphers[self.current_id]
        sealed = nonce + cipher.encrypt(nonce, text.encode(), place.encode())
        return self.current_prefix + encode_base64url(sealed)

    def open(self, place: str, sealed: str) -> str:
        """Decrypt, or say only where it failed: why is nobody's business."""
        version, _, rest = sealed.partition(".")
        key_id, _, encoded = rest.partition(".")
        cipher = self._ciphers.get(key_id)
        try:
            if version != VERSION or cipher is None:
                raise InvalidTag
            data = decode_base64url(encoded)
            return cipher.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], place.encode()).decode()
        except (InvalidTag, ValueError):
            raise DecryptionFailed(place) from None

    def blind_index(self, column: str, text: str) -> str:
        """Hash a value so that equal ones can be found, with a key that is not in the database."""
        return self._indexed(self.current_id, column, text)

    def blind_indexes(self, column: str, text: str) -> list[str]:
        """Return what a value may be stored as: rows of an earlier key are found too."""
        return [self._indexed(key_id, column, text) for key_id in self._index_keys]

    def _indexed(self, key_id: str, column: str, text: str) -> str:
        message = f"{column}:{text}".encode()
        digest = hmac.new(self._index_keys[key_id], message, hashlib.sha256).hexdigest()
        return f"{key_id}.{digest}"


# The keys are the process's, as its environment is: a model has nobody to ask for them.
_installed: list[KeyRing] = []


def install_keys(keys: Sequence[EncryptionKey]) -> None:
    _installed[:] = [KeyRing(keys)]


def key_ring() -> KeyRing:
    if not _installed:
        raise RuntimeError("install_keys was not called")
    return _installed[0]


def open_field(column: str, row_id: UUID, sealed: str | None) -> str | None:
    """Open what was selected as a column, without its model; ``column`` is ``table.column``."""
    return None if sealed is None else key_ring().open(f"{column}.{row_id}", sealed)


def seal_field(column: str, row_id: UUID, text: str | None) -> str | None:
    return None if text is None else key_ring().seal(f"{column}.{row_id}", text)
