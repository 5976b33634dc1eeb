"""How often a sign-in fails, whoever tries it: a line a minute, for an operator's alarm."""

import asyncio
from contextvars import Context

import structlog

SECONDS = 60

logger = structlog.get_logger(__name__)


class FailureRate:
    """What this process has seen. While nothing fails, nothing is said."""

    def __init__(self) -> None:
        self._count = 0

    def count(self) -> None:
        if self._count == 0:
            # A context of its own: the line is of many requests, and not of the first of them.
            asyncio.get_running_loop().call_later(SECONDS, self._report, context=Context())
        self._count += 1

    def _report(self) -> None:
        count, self._count = self._count, 0
        logger.warning("login_failures", count=count, seconds=SECONDS)
