"""Copies the head of the audit chain to the log stream, which no owner of the database rewrites."""

import asyncio
import math
from contextvars import Context
from weakref import WeakKeyDictionary

import structlog

ANCHOR_EVERY = 100
ANCHOR_SECONDS = 60.0

logger = structlog.get_logger(__name__)


class Anchors:
    """Names a row of this process at least each minute in which there was one."""

    def __init__(self) -> None:
        self._head = ""
        self._said_at = -math.inf
        self._due: asyncio.TimerHandle | None = None

    def note(self, seq: int, mac: str) -> None:
        """Take the row that was just committed; say it now, or the last of this minute then."""
        self._head = f"{seq}:{mac}"
        loop = asyncio.get_running_loop()
        due = self._said_at + ANCHOR_SECONDS
        if seq % ANCHOR_EVERY == 0 or loop.time() >= due:
            self._say(loop)
        elif self._due is None:
            # Without the id of the request that happens to be the first.
            self._due = loop.call_at(due, self._say, loop, context=Context())

    def _say(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        self._said_at = loop.time()
        logger.info("audit_anchor", anchor=self._head)


# By the engine: one per application, and gone with it.
_anchors: WeakKeyDictionary[object, Anchors] = WeakKeyDictionary()


def anchors_of(engine: object) -> Anchors:
    return _anchors.setdefault(engine, Anchors())
