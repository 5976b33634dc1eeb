"""The shared store of the limiter, where TEST_REDIS_URL names one."""

import asyncio

import pytest

from app.config import Settings
from app.core.rate_limit import RateLimiter
from tests.support.environment import REDIS_URL

pytestmark = pytest.mark.skipif(not REDIS_URL, reason="TEST_REDIS_URL is not set")


async def test_a_burst_is_no_failure_of_the_store(settings: Settings) -> None:
    """RATE-06: more requests at once than a client library's usual pool has connections."""
    limiter = RateLimiter(settings)
    strangers = (f"192.0.2.{number}" for number in range(150))

    outcomes = await asyncio.gather(*(limiter.spend("login", key) for key in strangers))

    assert len(outcomes) == 150
    assert await limiter.is_ready()
    await limiter.close()
