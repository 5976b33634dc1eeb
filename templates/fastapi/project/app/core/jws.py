"""Signed JSON (RFC 7515), with keys of ours alone and in one spelling: the rest is no token."""

import json
from typing import Any

from jwt import PyJWS
from jwt.algorithms import HMACAlgorithm

from app.core.config import SecuritySettings
from app.core.constants import JWT_MAX_CHARACTERS, JWT_TYPE
from app.core.keys import SIGNING, key_id, keyring
from app.utils.helpers import decode_base64url

_signer = PyJWS()
_hmac = HMACAlgorithm(HMACAlgorithm.SHA256)


def sign(settings: SecuritySettings, claims: dict[str, Any]) -> str:
    key = next(iter(keyring(settings, SIGNING).values()))
    header = {"typ": JWT_TYPE, "kid": key_id(key)}
    payload = json.dumps(claims, separators=(",", ":")).encode()
    return _signer.encode(payload, key, settings.algorithm, header)


def verify(settings: SecuritySettings, token: str) -> dict[str, Any]:
    """Return the claims that were signed; ``ValueError`` if not by us, or not as we would."""
    return _strict_object(_signed_payload(settings, token))


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
