"""How a message gets from the worker that sends it to the workers that hold the connections."""

import asyncio
from collections.abc import Callable
from typing import Protocol
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.core.config import SecuritySettings
from app.core.constants import PROJECT_SLUG

logger = structlog.get_logger(__name__)

CHANNEL = f"{PROJECT_SLUG}:live"
CONNECT_SECONDS = 2.0
RECONNECT_SECONDS = 1.0
# A connection that stands still is asked now and then whether it still is one.
CHECK_SECONDS = 15

Deliver = Callable[[UUID, str], None]


class Bus(Protocol):
    async def publish(self, user_id: UUID, text: str) -> None: ...

    async def run(self, deliver: Deliver) -> None:
        """Deliver what is published anywhere, until cancelled."""


class LocalBus:
    """For a single worker."""

    def __init__(self) -> None:
        self._published: asyncio.Queue[tuple[UUID, str]] = asyncio.Queue()

    async def publish(self, user_id: UUID, text: str) -> None:
        await self._published.put((user_id, text))

    async def run(self, deliver: Deliver) -> None:
        while True:
            deliver(*await self._published.get())


class RedisBus:
    """For several workers. What is published while Redis is away is lost: clients read anew."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url,
            decode_responses=True,
            socket_connect_timeout=CONNECT_SECONDS,
            health_check_interval=CHECK_SECONDS,
        )

    async def publish(self, user_id: UUID, text: str) -> None:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await self._redis.publish(CHANNEL, f"{user_id} {text}")
        except (RedisError, OSError) as error:
            logger.error("live_message_lost", error=type(error).__name__)

    async def run(self, deliver: Deliver) -> None:
        try:
            while True:
                try:
                    await self._listen(deliver)
                except Exception as error:
                    # Whatever it is: nothing would be delivered until the next start.
                    logger.error("live_bus_down", error=type(error).__name__)
                await asyncio.sleep(RECONNECT_SECONDS)
        finally:
            await self._redis.aclose()

    async def _listen(self, deliver: Deliver) -> None:
        async with self._redis.pubsub(ignore_subscribe_messages=True) as subscription:
            await subscription.subscribe(CHANNEL)
            while True:
                message = await subscription.get_message(timeout=CHECK_SECONDS)
                if message is not None:
                    user_id, _, text = message["data"].partition(" ")
                    deliver(UUID(user_id), text)


def make_bus(settings: SecuritySettings) -> Bus:
    url = settings.redis_url.get_secret_value()
    return RedisBus(url) if url else LocalBus()
