"""Whose API key somebody shows, and what it is worth: less than a sign-in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.api_keys import is_api_key
from app.core.constants import Role
from app.core.errors import Unauthorized
from app.core.identity import Caller
from app.core.security import digest
from app.crud import api_key as crud
from app.db.session import read_at_once

# Whatever asks for a recent sign-in is never content with a key.
NEVER_SIGNED_IN = datetime.min.replace(tzinfo=UTC)


class InvalidApiKey(Unauthorized):
    """One answer for every reason: mistyped, unknown, expired, revoked, account gone.

    The challenge names no error: that is for bearer tokens, and there was none (RFC 6750, 3).
    """

    code = "invalid_api_key"
    detail = "The API key is not valid."


@dataclass(frozen=True, slots=True)
class PresentedKey:
    id: UUID
    caller: Caller
    scopes: frozenset[str]
    last_used_at: datetime | None


async def authenticate(engine: AsyncEngine, text: str, now: datetime) -> PresentedKey:
    """Return the owner as whoever holds the key may act: as a user who is signed in nowhere."""
    if not is_api_key(text):
        raise InvalidApiKey
    row = await read_at_once(engine, partial(crud.match_presented, key_hash=digest(text), now=now))
    if row is None:
        raise InvalidApiKey
    account = dict(row)
    key_id, scopes, used_at = (account.pop(name) for name in ("key_id", "scopes", "last_used_at"))
    account |= {"role": Role.USER, "session_id": key_id, "signed_in_at": NEVER_SIGNED_IN}
    return PresentedKey(key_id, Caller(**account), frozenset(scopes), used_at)
