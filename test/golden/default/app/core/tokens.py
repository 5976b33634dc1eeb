"""Access tokens: JWTs (RFC 9068) that are read exactly, since a lenient reader is the attack."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from app.core.config import SecuritySettings
from app.core.constants import JWT_AUDIENCE, JWT_ISSUER, JWT_LEEWAY_SECONDS, JWT_MAX_MINUTES
from app.core.errors import InvalidToken
from app.core.jws import sign, verify
from app.utils.helpers import utc_now


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
    return sign(settings, claims)


def read_access_token(
    settings: SecuritySettings, token: str, now: datetime | None = None
) -> AccessClaims:
    """Check everything that needs no database; every failure is the same ``InvalidToken``."""
    try:
        return _read(settings, token, int((now or utc_now()).timestamp()))
    except (ValueError, RecursionError) as error:
        raise InvalidToken from error


def _read(settings: SecuritySettings, token: str, now: int) -> AccessClaims:
    claims = verify(settings, token)
    _check_times(claims, now)
    if claims.get("iss") != JWT_ISSUER or claims.get("aud") != JWT_AUDIENCE:
        raise ValueError("another issuer or audience")
    return AccessClaims(_uuid(claims, "sub"), _uuid(claims, "sid"), _uuid(claims, "jti"))


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
