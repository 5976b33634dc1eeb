"""A signed cookie that says: somebody has signed in to this account with this browser before."""

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from app.core.config import SecuritySettings
from app.core.keys import keyed_hashes

LIFETIME = timedelta(days=180)
ID_BYTES = 16
PURPOSE = "known-device"
MAX_CHARACTERS = 128


def new_device(settings: SecuritySettings, user_id: UUID, now: datetime) -> str:
    device_id = secrets.token_urlsafe(ID_BYTES)
    expires = int((now + LIFETIME).timestamp())
    return f"{device_id}.{expires}.{_seals(settings, user_id, device_id, expires)[0]}"


def device_id_of(
    settings: SecuritySettings, user_id: UUID | None, cookie: str | None, now: datetime
) -> str | None:
    """Return the browser's id when the cookie was made for this user and still counts.

    A seal of an earlier secret is good too (CONF-06). The seals are computed and compared for
    unknown users as well: the same work for everybody.
    """
    device_id, expires, seal = _parts(cookie)
    seals = _seals(settings, user_id or UUID(int=0), device_id, expires)
    matches = [hmac.compare_digest(expected.encode(), seal.encode()) for expected in seals]
    if user_id is None or not any(matches):
        return None
    return device_id if now.timestamp() < expires else None


def _parts(cookie: str | None) -> tuple[str, int, str]:
    usable = cookie and cookie.isascii() and len(cookie) <= MAX_CHARACTERS
    parts = cookie.split(".") if cookie and usable else []
    if len(parts) != 3 or not (parts[1].isascii() and parts[1].isdigit()):
        return "", 0, ""
    return parts[0], int(parts[1]), parts[2]


def _seals(settings: SecuritySettings, user_id: UUID, device_id: str, expires: int) -> list[str]:
    return keyed_hashes(settings, PURPOSE, f"{user_id}.{device_id}.{expires}")
