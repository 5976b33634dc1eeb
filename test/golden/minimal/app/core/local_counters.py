"""Counters in this process: for one worker, and for development."""

import time

from limits.aio.storage import MemoryStorage

SWEEP_SECONDS = 60.0


class LocalCounters(MemoryStorage):
    """The library's counters, swept once a minute.

    Its own ``incr`` starts a task that walks through all keys, each time: with a hundred
    thousand addresses an attacker would pay with one request and we with milliseconds.
    Nothing here awaits between reading and writing, so no lock is needed either.
    """

    def __init__(self) -> None:
        super().__init__()
        self._next_sweep = time.time() + SWEEP_SECONDS

    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = time.time()
        if now >= self._next_sweep:
            self._sweep(now)
        if self.expirations.get(key, 0.0) <= now:
            self.storage[key] = 0
            self.expirations[key] = now + expiry
        self.storage[key] += amount
        return self.storage[key]

    async def decr(self, key: str, amount: int = 1) -> int:
        self.storage[key] = max(self.storage[key] - amount, 0)
        return self.storage[key]

    def _sweep(self, now: float) -> None:
        self._next_sweep = now + SWEEP_SECONDS
        for key in [key for key, expires in self.expirations.items() if expires <= now]:
            del self.storage[key], self.expirations[key]
