"""How settings are written in the environment: lists by commas, keys, limits."""

import base64
import binascii
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any
from urllib.parse import urlsplit, urlunsplit

from limits import parse
from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from app.core.constants import Environment

ENCRYPTION_KEY_BYTES = 32
LONGEST_KEY_ID = 32
REDIS_PORT = 6379


@dataclass(frozen=True, slots=True)
class EncryptionKey:
    id: str
    secret: bytes = field(repr=False)

    def spellings(self) -> set[str]:
        """Return how the same bytes could stand in another variable."""
        padded = {base64.b64encode(self.secret), base64.urlsafe_b64encode(self.secret)}
        return {text.decode().rstrip("=") for text in padded} | {self.secret.hex()}


def split_commas(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def read_networks(value: object) -> object:
    parts = split_commas(value)
    if not isinstance(parts, tuple | list):
        return parts
    try:
        return tuple(ip_network(part) if isinstance(part, str) else part for part in parts)
    except ValueError:
        # The library's sentence repeats the value.
        raise ValueError("is a list of addresses and networks, like 10.0.0.0/8") from None


def read_encryption_keys(value: object) -> object:
    parts = split_commas(value)
    if not isinstance(parts, tuple | list):
        return parts
    keys = tuple(_encryption_key(part) if isinstance(part, str) else part for part in parts)
    if len({key.id for key in keys}) < len(keys):
        raise ValueError("two keys have the same id")
    return keys


def _encryption_key(text: str) -> EncryptionKey:
    name, _, encoded = text.partition(":")
    plain = name.replace("-", "").replace("_", "")
    # The id stands between two dots in every ciphertext.
    if not (plain.isascii() and plain.isalnum()) or len(name) > LONGEST_KEY_ID:
        raise ValueError("each key is id:base64, the id of letters, digits, - and _")
    encoded = encoded.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        secret = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except binascii.Error:
        raise ValueError("a key is not base64") from None
    if len(secret) != ENCRYPTION_KEY_BYTES:
        raise ValueError(f"a key has {ENCRYPTION_KEY_BYTES} bytes")
    return EncryptionKey(name, secret)


def check_rate_limit(value: str) -> str:
    try:
        amount = parse(value).amount if value else 1
    except ValueError:
        raise ValueError("a limit is written like 10/minute") from None
    if amount < 1:
        raise ValueError("a limit of zero refuses everybody")
    return value


def read_redis_url(value: SecretStr) -> SecretStr:
    """Complete the port. The library's own complaint would repeat the URL with its password."""
    if not value.get_secret_value():
        return value
    parts = urlsplit(value.get_secret_value())
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in ("redis", "rediss") or not parts.hostname or port == -1:
        raise ValueError("is written like redis://host:6379/0")
    netloc = parts.netloc if port else f"{parts.netloc.rstrip(':')}:{REDIS_PORT}"
    return SecretStr(urlunsplit(parts._replace(netloc=netloc)))


def outside_production(data: dict[str, Any]) -> bool:
    return not in_production(data)


def in_production(data: dict[str, Any]) -> bool:
    """Default of a switch; an environment that could not be read counts as production."""
    return data.get("environment", Environment.PRODUCTION) is Environment.PRODUCTION


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(split_commas)]
Networks = Annotated[
    tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(read_networks)
]
EncryptionKeys = Annotated[
    tuple[EncryptionKey, ...], NoDecode, BeforeValidator(read_encryption_keys)
]
RateLimit = Annotated[str, AfterValidator(check_rate_limit)]
RedisURL = Annotated[SecretStr, AfterValidator(read_redis_url)]
