"""What hashing costs, and whom it holds up."""

import asyncio
import time

import pytest

from app.core import security
from app.core.errors import ServiceUnavailable
from app.core.security import PasswordHasher
from tests.support.configured import cheap_settings
from tests.support.hashing import CHEAP, FLOOR, PASSWORD

WRONG = "wrong " + PASSWORD


async def refusal_cost(hasher: PasswordHasher, password: str, hashed: str | None) -> float:
    started = time.process_time()
    assert not (await hasher.verify(password, hashed)).ok
    return time.process_time() - started


async def test_nobody_takes_as_long_as_somebody() -> None:
    """AUTH-04: no account, the same work."""
    hasher = PasswordHasher(FLOOR)
    stored = await hasher.hash(PASSWORD)

    # In turns, and the least time of the processor: whatever else the machine does is left out.
    pairs = [[await refusal_cost(hasher, WRONG, one) for one in (stored, None)] for _ in range(7)]
    somebody, nobody = map(min, zip(*pairs, strict=True))
    assert abs(somebody - nobody) < max(0.2 * somebody, 0.01)


async def test_a_megabyte_is_refused_without_work() -> None:
    """DOS-04."""
    hasher = PasswordHasher(FLOOR)
    stored = await hasher.hash(PASSWORD)

    took = [await refusal_cost(hasher, "x" * 2**20, stored) for _ in range(5)]

    assert min(took) < 0.02


async def test_the_event_loop_goes_on_and_a_crowd_is_sent_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DOS-03: hashes run in a few threads; whoever waits too long gets a 503."""
    monkeypatch.setattr(security, "HASH_WAIT_SECONDS", 0.1)
    hasher = PasswordHasher(cheap_settings(ARGON2_MEMORY_KIB="65536", ARGON2_TIME_COST="3"))
    crowd = [asyncio.create_task(hasher.verify(PASSWORD, None)) for _ in range(20)]
    turns = 0

    while not all(task.done() for task in crowd):
        await asyncio.sleep(0.001)
        turns += 1

    outcomes = await asyncio.gather(*crowd, return_exceptions=True)
    assert any(isinstance(outcome, ServiceUnavailable) for outcome in outcomes)
    # One after the other on the loop, twenty hashes leave it no turn.
    assert turns > 20
    assert not (await hasher.verify(PASSWORD, None)).ok


async def test_a_client_that_hangs_up_takes_no_slot_away() -> None:
    """DOS-06: the slot is free again when its thread is."""
    hasher = PasswordHasher(CHEAP)

    for _ in range(50):
        task = asyncio.create_task(hasher.verify(PASSWORD, None))
        await asyncio.sleep(0)
        task.cancel()
    assert not (await hasher.verify(PASSWORD, None)).ok
