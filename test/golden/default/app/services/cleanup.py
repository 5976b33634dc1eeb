"""Removal of what no request can use any more."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import IDEMPOTENCY_LIFETIME
from app.crud import idempotency as idempotency_crud
from app.crud import login_throttle as throttle_crud
from app.crud import refresh_token as token_crud
from app.crud import session as session_crud
from app.crud.session_life import life_limits
from app.utils.helpers import utc_now

# Failures in a row count for ever (NIST allows a hundred), but a year of silence ends the row.
COUNTERS_KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Purged:
    sessions: int
    tokens: int
    counters: int
    answers: int


async def purge(session: AsyncSession, settings: SecuritySettings) -> Purged:
    now = utc_now()
    return Purged(
        sessions=await session_crud.remove_dead(session, life_limits(settings, now)),
        tokens=await token_crud.remove_expired(session, now),
        counters=await throttle_crud.remove_before(session, now - COUNTERS_KEPT),
        answers=await idempotency_crud.remove_before(session, now - IDEMPOTENCY_LIFETIME),
    )
