"""Counts what ``app.core.limits`` bounds: per process, or in Redis where there are several."""

import math
import time

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import RedisStorage, Storage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError

from app.core.config import SecuritySettings
from app.core.errors import ServiceUnavailable, TooManyRequests
from app.core.limits import LIMITS, Limit
from app.core.local_counters import LocalCounters

logger = structlog.get_logger(__name__)

REDIS_TIMEOUT_SECONDS = 1.0
# As many as a worker serves requests at once (gunicorn.conf.py). With fewer, a burst would look
# like a failed store: nobody signs in, and nothing else is counted.
REDIS_CONNECTIONS = 1_000
# After a failure the store is left alone, so that its timeout is not added to every request.
STORE_PAUSE_SECONDS = 2.0


class RateLimited(TooManyRequests):
    def __init__(self, limit: str, key: str, item: RateLimitItem, wait: int) -> None:
        super().__init__(retry_after=wait)
        self.limit = limit
        self.key = key
        self.window_seconds = item.get_expiry()
        # draft-ietf-httpapi-ratelimit-headers
        self.headers["RateLimit-Policy"] = f'"{limit}";q={item.amount};w={self.window_seconds}'
        self.headers["RateLimit"] = f'"{limit}";r=0;t={wait}'


class RateLimiter:
    """Counts in a moving window, exactly: two counters that are weighed let one more through.

    ``spend`` is one step, so parallel requests cannot share it.
    """

    def __init__(self, settings: SecuritySettings) -> None:
        self._storage = _storage(settings)
        self._counters = MovingWindowRateLimiter(self._storage)
        self._items = {name: _item(limit, settings) for name, limit in LIMITS.items()}
        self._paused_until = 0.0

    async def spend(self, name: str, key: str) -> None:
        """Count one use; refuse it where the limit is reached."""
        item = self._items[name]
        try:
            self._check_pause()
            allowed = await self._counters.hit(item, name, key)
        except StorageError as error:
            self._on_store_failure(name, error)
            return
        if not allowed:
            raise await self._refusal(name, item, key)

    async def refuse_if_spent(self, name: str, key: str) -> None:
        """Refuse where the limit is reached, without counting this use."""
        item = self._items[name]
        try:
            self._check_pause()
            allowed = await self._counters.test(item, name, key)
        except StorageError as error:
            self._on_store_failure(name, error)
            return
        if not allowed:
            raise await self._refusal(name, item, key)

    async def is_ready(self) -> bool:
        """Tell whether the shared store answers."""
        return await self._storage.check()

    async def close(self) -> None:
        bridge = getattr(self._storage, "bridge", None)
        if isinstance(bridge, RedispyBridge):
            await bridge.storage.aclose()

    async def _refusal(self, name: str, item: RateLimitItem, key: str) -> RateLimited:
        try:
            reset, _ = await self._counters.get_window_stats(item, name, key)
        except StorageError as error:
            # Counted and refused it is already; it is only unknown when the window ends.
            self._pause(error)
            return RateLimited(name, key, item, item.get_expiry())
        return RateLimited(name, key, item, max(1, math.ceil(reset - time.time())))

    def _check_pause(self) -> None:
        if time.monotonic() < self._paused_until:
            raise StorageError(ConnectionError("the store failed a moment ago"))

    def _pause(self, error: StorageError) -> None:
        if time.monotonic() >= self._paused_until:
            self._paused_until = time.monotonic() + STORE_PAUSE_SECONDS
            logger.error("rate_limit_store_down", error=type(error.storage_error).__name__)

    def _on_store_failure(self, name: str, error: StorageError) -> None:
        self._pause(error)
        if LIMITS[name].is_auth:
            # Guessing passwords without a count is worse than no sign-in for a while.
            raise ServiceUnavailable(retry_after=math.ceil(STORE_PAUSE_SECONDS)) from error


def _item(limit: Limit, settings: SecuritySettings) -> RateLimitItem:
    replaced = settings.rate_limit_auth if limit.is_auth else settings.rate_limit_default
    return parse(replaced or limit.rule)


def _storage(settings: SecuritySettings) -> Storage:
    url = settings.redis_url.get_secret_value()
    if not url:
        return LocalCounters()
    return RedisStorage(
        f"async+{url}",
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix="rate",
        socket_timeout=REDIS_TIMEOUT_SECONDS,
        socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
        max_connections=REDIS_CONNECTIONS,
    )
