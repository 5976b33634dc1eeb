"""Requests that wait for a lock, so that a race has one order."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from tests.support.inspector import Inspector

T = TypeVar("T")

LOCKED = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
TRIES = 500


async def until_it_waits(database: Inspector, work: Coroutine[None, None, T]) -> asyncio.Task[T]:
    """Begin something and return once it waits for whoever holds the database."""
    task = asyncio.create_task(work)
    if database.backend == "sqlite":
        # It tells nobody who waits. Its writers take turns, so a moment decides nothing.
        await asyncio.sleep(0.3)
        return task
    for _ in range(TRIES):
        if task.done() or await database.scalar(LOCKED):
            break
        await asyncio.sleep(0.02)
    return task
