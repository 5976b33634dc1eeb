"""Waits between guesses at a password, per submitted name: whether it exists makes no difference.

A wait, not a lock, so that nobody can keep the owner out. After a hundred failures in a row only
a browser that the owner has signed in with before is let through; it has a counter of its own.
"""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import (
    LOGIN_FIRST_WAIT,
    LOGIN_FREE_FAILURES,
    LOGIN_LONGEST_WAIT,
    LOGIN_MAX_FAILURES,
)
from app.core.errors import TooManyRequests
from app.core.keys import keyed_hashes
from app.crud import login_throttle as crud
from app.models import LoginThrottle

FIRST_WAIT_SECONDS = int(LOGIN_FIRST_WAIT.total_seconds())
LONGEST_WAIT_SECONDS = int(LOGIN_LONGEST_WAIT.total_seconds())


class LoginLocked(TooManyRequests):
    """A guess came too early. Recorded where refusals are answered, once in a while."""

    def __init__(self, key: str, wait: int) -> None:
        super().__init__(retry_after=wait)
        self.key = key


class Counter(NamedTuple):
    """Under which key failures are stored, and under which ones of earlier secrets (CONF-06)."""

    key: str
    earlier: tuple[str, ...]


def counter(settings: SecuritySettings, purpose: str, value: str) -> Counter:
    key, *earlier = keyed_hashes(settings, purpose, value)
    return Counter(key, tuple(earlier))


def of_name(settings: SecuritySettings, name: str) -> Counter:
    return counter(settings, "login-throttle", name)


def of_account(settings: SecuritySettings, user_id: UUID) -> Counter:
    return counter(settings, "account-throttle", str(user_id))


def of_device(settings: SecuritySettings, device_id: str) -> Counter:
    return counter(settings, "device-throttle", device_id)


def wait_after(failures: int) -> timedelta | None:
    """Double the wait with each failure beyond the free ones, up to the longest."""
    if failures < LOGIN_FREE_FAILURES:
        return None
    # The exponent is bounded before the power is taken.
    doublings = min(failures - LOGIN_FREE_FAILURES, LONGEST_WAIT_SECONDS.bit_length())
    return timedelta(seconds=min(FIRST_WAIT_SECONDS * 2**doublings, LONGEST_WAIT_SECONDS))


async def count_attempt(
    session: AsyncSession,
    counters: Sequence[Counter],
    now: datetime,
    *,
    heeded: Counter | None = None,
) -> int | None:
    """Count a guess before it is checked; return the seconds to wait where the first one has to.

    A counter that is heeded makes wait as well, but is not counted; nor does it shut out for good.

    Commit before the password is hashed: a hundred parallel guesses must see each other's
    counts, and none of them may hold a connection while it waits for its turn.
    """
    gate, *others = counters
    wait = None if heeded is None else await _wait_of(session, heeded, now)
    if wait is None:
        wait = await _count(session, gate, now)
    if wait is not None:
        return wait
    for other in others:
        await _count(session, other, now)
    return None


async def _wait_of(session: AsyncSession, counter: Counter, now: datetime) -> int | None:
    await _carry_over(session, counter)
    throttle = await crud.get(session, counter.key)
    return None if throttle is None else _seconds_left(throttle, now)


async def _count(session: AsyncSession, counter: Counter, now: datetime) -> int | None:
    """Return the seconds to wait where no guess is allowed; such a guess writes nothing."""
    key = counter.key
    await _carry_over(session, counter)
    wait = _wait(await crud.get(session, key), now)
    if wait is not None:
        return wait
    failures = await crud.count(session, key, now=now, most=LOGIN_MAX_FAILURES)
    if failures is None:
        # Parallel guesses have used up what was free.
        return _wait(await crud.get(session, key), now) or FIRST_WAIT_SECONDS
    block = wait_after(failures)
    if block is not None:
        await crud.block(session, key, now + block)
    return None


async def _carry_over(session: AsyncSession, counter: Counter) -> None:
    """Count on from what an earlier secret has counted: a new one is no new chance."""
    if counter.earlier:
        await crud.carry_over(session, counter.key, counter.earlier)


def _wait(throttle: LoginThrottle | None, now: datetime) -> int | None:
    if throttle is None:
        return None
    wait = _seconds_left(throttle, now)
    if wait is None and throttle.failures >= LOGIN_MAX_FAILURES:
        return LONGEST_WAIT_SECONDS
    return wait


def _seconds_left(throttle: LoginThrottle, now: datetime) -> int | None:
    if throttle.blocked_until is None or throttle.blocked_until <= now:
        return None
    return math.ceil((throttle.blocked_until - now).total_seconds())


async def forget_failures(session: AsyncSession, counters: Sequence[Counter]) -> None:
    await crud.clear(session, [key for one in counters for key in (one.key, *one.earlier)])
