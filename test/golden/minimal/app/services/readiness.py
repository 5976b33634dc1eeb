"""Whether the application can do its work: database there and migrated, counters reachable."""

import asyncio
import time

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.rate_limit import RateLimiter
from app.db.revision import newest_revision, revisions_of
from app.db.session import reading

logger = structlog.get_logger(__name__)

CHECK_SECONDS = 2.0
# Anybody may ask as often as they like, so the answer is looked up once a second at most.
ANSWER_SECONDS = 1.0


class Readiness:
    def __init__(self, engine: AsyncEngine, limiter: RateLimiter) -> None:
        self._engine = engine
        self._limiter = limiter
        self._lock = asyncio.Lock()
        self._known_until = 0.0
        self._is_ready = False

    async def is_ready(self) -> bool:
        async with self._lock:
            if time.monotonic() >= self._known_until:
                self._is_ready = await self._check()
                self._known_until = time.monotonic() + ANSWER_SECONDS
        return self._is_ready

    async def _check(self) -> bool:
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                return await self._is_migrated() and await self._counts()
        except (SQLAlchemyError, OSError) as error:
            logger.warning("not_ready", error=type(error).__name__)
            return False

    async def _is_migrated(self) -> bool:
        async with reading(self._engine) as connection:
            found, expected = await revisions_of(connection), newest_revision()
        if found == {expected}:
            return True
        # Without a newest one, two migrations claim to be it: alembic heads names them.
        logger.warning(
            "not_ready", reason="migrations", found=sorted(found), expected=expected or None
        )
        return False

    async def _counts(self) -> bool:
        if await self._limiter.is_ready():
            return True
        logger.warning("not_ready", reason="counters")
        return False
