"""Keys for one purpose each, derived from the secrets of the settings: none is for two things."""

import hashlib
import hmac
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.config import SecuritySettings

# One word per purpose: what the derived key is used for, and nothing else.
SIGNING = "access-token"
AUDIT = "audit"
CURSOR = "cursor"
KEY_BYTES = 32
KEY_ID_CHARACTERS = 16


@lru_cache(maxsize=64)
def derive_key(secret: bytes, info: str) -> bytes:
    """Derive by HKDF-SHA256 (RFC 5869), without salt: the secret is random already."""
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info.encode())
    return hkdf.derive(secret)


def key_id(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:KEY_ID_CHARACTERS]


def current_key(settings: SecuritySettings, info: str) -> bytes:
    return derive_key(settings.secret_key.get_secret_value().encode(), info)


def keyring(settings: SecuritySettings, info: str) -> Mapping[str, bytes]:
    """Return every key that verifies, by its id; the first is the one that signs."""
    previous = settings.secret_key_previous
    return _keyring(
        (settings.secret_key.get_secret_value(), *(old.get_secret_value() for old in previous)),
        info,
    )


@lru_cache(maxsize=16)
def _keyring(secrets: tuple[str, ...], info: str) -> Mapping[str, bytes]:
    keys = [derive_key(secret.encode(), info) for secret in secrets]
    return MappingProxyType({key_id(key): key for key in keys})


def keyed_hash(settings: SecuritySettings, purpose: str, value: str) -> str:
    """Hash what must be recognised again but not read back, such as an unknown sign-in name."""
    return keyed_hashes(settings, purpose, value)[0]


def keyed_hashes(settings: SecuritySettings, purpose: str, value: str) -> list[str]:
    """Return what a value may be stored as: under an earlier key it is recognised too."""
    keys = keyring(settings, purpose).values()
    return [hmac.new(key, value.encode(), hashlib.sha256).hexdigest() for key in keys]
