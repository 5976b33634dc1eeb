"""Access tokens: JWTs (RFC 9068) that are read exactly, since a lenient reader is the attack."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from jwt import PyJWS
from jwt.algorithms import HMACAlgorithm

from app.core.config import SecuritySettings
from app.core.constants import (
    JWT_AUDIENCE,
    JWT_ISSUER,
    JWT_LEEWAY_SECONDS,
    JWT_MAX_CHARACTERS,
    JWT_MAX_MINUTES,
    JWT_TYPE,
)
from app.core.errors import InvalidToken
from app.core.keys import SIGNING, key_id, keyring
from app.utils.helpers import decode_base64url, utc_now

_signer = PyJWS()
_hmac = HMACAlgorithm(HMACAlgorithm.SHA256)


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """Whom and which sign-in the token names. Role and state come from the database."""

    user_id: UUID
    session_id: UUID
    token_id: UUID


def issue_access_token(
    settings: SecuritySettings, user_id: UUID, session_id: UUID, now: datetime
) -> str:
    issued = int(now.timestamp())
    claims = {
        "iss": JWT_ISSUER,
        "aud": JWT_AUDIENCE,
        "sub": str(user_id),
        "sid": str(session_id),
        "iat": issued,
        "nbf": issued,
        "exp": issued + int(settings.access_token_lifetime.total_seconds()),
        "jti": str(uuid4()),
    }
    key = next(iter(keyring(settings, SIGNING).values()))
    header = {"typ": JWT_TYPE, "kid": key_id(key)}
    payload = json.dumps(claims, separators=(",", ":")).encode()
    return _signer.encode(payload, key, settings.algorithm, header)


def read_access_token(
    settings: SecuritySettings, token: str, now: datetime | None = None
) -> AccessClaims:
    """Check everything that needs no database; every failure is the same ``InvalidToken``."""
    try:
        return _read(settings, token, int((now or utc_now()).timestamp()))
    except (ValueError, RecursionError) as error:
        raise InvalidToken from error


def _read(settings: SecuritySettings, token: str, now: int) -> AccessClaims:
    claims = _strict_object(_signed_payload(settings, token))
    _check_times(claims, now)
    if claims.get("iss") != JWT_ISSUER or claims.get("aud") != JWT_AUDIENCE:
        raise ValueError("another issuer or audience")
    return AccessClaims(_uuid(claims, "sub"), _uuid(claims, "sid"), _uuid(claims, "jti"))


def _signed_payload(settings: SecuritySettings, token: str) -> bytes:
    """Take the token apart, once, and return what was signed with a key of ours.

    Only the signature is left to the library: it takes a string as exp, a list as aud and any
    typ, an infinite exp makes it raise, and its own reading costs as much as the query after it.
    """
    if len(token) > JWT_MAX_CHARACTERS:
        raise ValueError("too long")
    # Three parts of one spelling each: several spellings would be several tokens.
    header, payload, signature = (decode_base64url(part) for part in token.split("."))
    key = _key_for(settings, _strict_object(header))
    signed, _, _ = token.rpartition(".")
    if not _hmac.verify(signed.encode("ascii"), key, signature):
        raise ValueError("another signature")
    return payload


def _key_for(settings: SecuritySettings, header: dict[str, Any]) -> bytes:
    """Choose the key by a list of ours; nothing in a header is fetched, opened or obeyed."""
    kid = header.pop("kid", None)
    # Equality refuses crit, b64, zip, jku, jwk and whatever else somebody may add.
    if header != {"alg": settings.algorithm, "typ": JWT_TYPE} or type(kid) is not str:
        raise ValueError("another kind of token")
    key = keyring(settings, SIGNING).get(kid)
    if key is None:
        raise ValueError("unknown key")
    return key


def _strict_object(text: bytes) -> dict[str, Any]:
    parsed = json.loads(text, object_pairs_hook=_without_duplicates)
    if not isinstance(parsed, dict):
        raise ValueError("not an object")
    return parsed


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name twice")
    return members


def _check_times(claims: dict[str, Any], now: int) -> None:
    issued, not_before, expires = (claims.get(name) for name in ("iat", "nbf", "exp"))
    # type() on purpose: True is an int for isinstance, and 1e308 compares like one.
    if type(issued) is not int or type(not_before) is not int or type(expires) is not int:
        raise ValueError("a time is not an integer")
    if not max(issued, not_before) - JWT_LEEWAY_SECONDS <= now:
        raise ValueError("not valid yet")
    if not now < expires + JWT_LEEWAY_SECONDS:
        raise ValueError("expired")
    if not 0 < expires - issued <= JWT_MAX_MINUTES * 60:
        raise ValueError("lives too long")


def _uuid(claims: dict[str, Any], name: str) -> UUID:
    value = claims.get(name)
    # UUID() also takes braces and urn:; the round trip leaves one spelling.
    if type(value) is not str or str(parsed := UUID(value)) != value:
        raise ValueError("not an id")
    return parsed
