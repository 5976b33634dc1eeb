"""The store of the limiter: what a burst asks of it, and what holds when it fails."""

import asyncio
import time

import pytest
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from pydantic import SecretStr

from app.config import Settings
from app.core.limits import ANONYMOUS, LIMITS
from app.core.rate_limit import RateLimited, RateLimiter
from tests.support.environment import REDIS_URL

AS_SHIPPED = {"rate_limit_auth": "", "rate_limit_default": ""}


@pytest.mark.skipif(not REDIS_URL, reason="TEST_REDIS_URL is not set")
async def test_a_burst_is_no_failure_of_the_store(settings: Settings) -> None:
    """RATE-06: more requests at once than a client library's usual pool has connections."""
    limiter = RateLimiter(settings)
    strangers = (f"192.0.2.{number}" for number in range(150))

    outcomes = await asyncio.gather(*(limiter.spend("login", key) for key in strangers))

    assert len(outcomes) == 150
    assert await limiter.is_ready()
    await limiter.close()


async def test_a_burst_across_the_turn_of_a_minute_is_one_burst(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RATE-01: the limit is exact, whatever the clock shows, and ends a minute later."""
    limiter = RateLimiter(settings.model_copy(update=AS_SHIPPED))
    turn = (int(time.time()) // 60 + 1) * 60

    async def allowed(at: float, attempts: int) -> int:
        monkeypatch.setattr("time.time", lambda: at)
        asked = (limiter.spend("login", "192.0.2.1") for _ in range(attempts))
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        return outcomes.count(None)

    assert await allowed(turn - 2, 5) == 5
    assert await allowed(turn + 2, 9) == 5
    assert await allowed(turn + 57, 9) == 0
    assert await allowed(turn + 59, 9) == 5
    await limiter.close()


@pytest.mark.parametrize(("name", "period"), [(ANONYMOUS, 60), ("register", 3600)])
async def test_a_refusal_stands_when_the_store_fails_after_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, period: int
) -> None:
    """RATE-06: the count is known, only the end of the window is not."""

    async def fail(*_: object) -> None:
        raise StorageError(ConnectionError())

    limiter = RateLimiter(settings.model_copy(update=AS_SHIPPED | {"redis_url": SecretStr("")}))
    for _ in range(int(LIMITS[name].rule.partition("/")[0])):
        await limiter.spend(name, "192.0.2.1")
    monkeypatch.setattr("app.core.rate_limit.STORE_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(MovingWindowRateLimiter, "get_window_stats", fail)

    for ask in (limiter.spend, limiter.refuse_if_spent):
        with pytest.raises(RateLimited) as refused:
            await ask(name, "192.0.2.1")
        assert refused.value.headers["Retry-After"] == str(period)
