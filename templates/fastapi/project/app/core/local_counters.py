"""Counters in this process: for one worker, and for development."""

import time

from limits.aio.storage import MemoryStorage
from limits.aio.storage.memory import Entry

SWEEP_SECONDS = 60.0


class LocalCounters(MemoryStorage):
    """The library's moving window, swept once a minute.

    Its own ``acquire_entry`` starts a task that walks through all keys, each time: with a hundred
    thousand addresses an attacker would pay with one request and we with milliseconds.
    Nothing here awaits between reading and writing, so no lock is needed either.
    """

    def __init__(self) -> None:
        super().__init__()
        self._next_sweep = time.time() + SWEEP_SECONDS

    async def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        now = time.time()
        if now >= self._next_sweep:
            self._sweep(now)
        # The latest comes first.
        taken = self.events.get(key, [])
        if amount > limit or (
            len(taken) > limit - amount and taken[limit - amount].atime >= now - expiry
        ):
            return False
        self.events[key] = [*(Entry(expiry) for _ in range(amount)), *taken[: limit - amount]]
        return True

    def _sweep(self, now: float) -> None:
        self._next_sweep = now + SWEEP_SECONDS
        for key in [key for key, taken in self.events.items() if taken[0].expiry <= now]:
            del self.events[key]
