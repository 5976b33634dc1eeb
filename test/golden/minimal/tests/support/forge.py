"""Makes tokens as an attacker does: with nothing of the library that reads them."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.constants import JWT_AUDIENCE, JWT_ISSUER

HASHES = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}


class Forger:
    """Knows the secret, which is how the harness reaches what no client could send."""

    def __init__(self, secret: str) -> None:
        hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"access-token")
        self.key = hkdf.derive(secret.encode())
        self.kid = hashlib.sha256(self.key).hexdigest()[:16]

    def header(self, **changes: Any) -> dict[str, Any]:
        return {"alg": "HS256", "typ": "at+jwt", "kid": self.kid} | changes

    def claims(self, **changes: Any) -> dict[str, Any]:
        now = int(datetime.now(UTC).timestamp())
        return {
            "iss": JWT_ISSUER,
            "aud": JWT_AUDIENCE,
            "sub": str(uuid4()),
            "sid": str(uuid4()),
            "jti": str(uuid4()),
            "iat": now,
            "nbf": now,
            "exp": now + 900,
        } | changes

    def sign(self, header: dict[str, Any] | str, claims: dict[str, Any] | str) -> str:
        """Sign texts as they stand, so that they may be what no encoder would write."""
        signed = f"{_part(header)}.{_part(claims)}"
        algorithm = header.get("alg") if isinstance(header, dict) else "HS256"
        digest = HASHES.get(str(algorithm), hashlib.sha256)
        return f"{signed}.{_encode(hmac.new(self.key, signed.encode(), digest).digest())}"

    def token(self, **changes: Any) -> str:
        return self.sign(self.header(), self.claims(**changes))


def _part(value: dict[str, Any] | str) -> str:
    return _encode((value if isinstance(value, str) else json.dumps(value)).encode())


def _encode(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")
