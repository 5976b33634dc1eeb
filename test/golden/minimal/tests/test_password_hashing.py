"""AUTH: how passwords are stored and compared."""

import asyncio
import time

import bcrypt
import pytest

from app.core import security
from app.core.errors import ServiceUnavailable
from app.core.security import PasswordHasher, digest, new_token
from tests.support.configured import cheap_settings

CHEAP = cheap_settings(ARGON2_MEMORY_KIB="8")
FLOOR = cheap_settings(ARGON2_MEMORY_KIB="19456", ARGON2_TIME_COST="2")
PASSWORD = "velvet marmot ginger cabinet"
WRONG = "wrong " + PASSWORD


async def test_a_hash_is_argon2id_with_the_settings_and_a_salt() -> None:
    """AUTH-14."""
    hasher = PasswordHasher(FLOOR)

    first, second = await hasher.hash(PASSWORD), await hasher.hash(PASSWORD)

    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert (await hasher.verify(PASSWORD, first)).ok
    assert not (await hasher.verify(PASSWORD + " ", first)).ok


async def test_every_character_counts() -> None:
    """AUTH-09: equal in the first 72 bytes is not equal."""
    hasher = PasswordHasher(CHEAP)
    stored = await hasher.hash("x" * 72 + "a")

    assert not (await hasher.verify("x" * 72 + "b", stored)).ok
    assert not (await hasher.verify("x" * 72, stored)).ok


async def test_accents_may_be_typed_in_two_ways_but_widths_differ() -> None:
    """AUTH-13: NFC, not NFKC."""
    hasher = PasswordHasher(CHEAP)
    composed = await hasher.hash("caf\u00e9 au lait on the terrace")
    wide = await hasher.hash("\uff21 wide letter in the password")

    assert (await hasher.verify("cafe\u0301 au lait on the terrace", composed)).ok
    assert not (await hasher.verify("A wide letter in the password", wide)).ok


async def test_cheaper_hashes_are_replaced() -> None:
    """AUTH-15: parameters grow with the next sign-in."""
    stored = await PasswordHasher(CHEAP).hash(PASSWORD)
    hasher = PasswordHasher(FLOOR)

    result = await hasher.verify(PASSWORD, stored)

    assert result.ok
    assert result.new_hash is not None
    assert result.new_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert (await hasher.verify(PASSWORD, result.new_hash)).new_hash is None
    assert (await hasher.verify("another " + PASSWORD, stored)).new_hash is None


async def test_bcrypt_is_verified_replaced_and_never_cut() -> None:
    """AUTH-09, AUTH-15: imported users sign in; 72 equal bytes are not enough."""
    hasher = PasswordHasher(CHEAP)
    stored = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    cut = bcrypt.hashpw(b"x" * 72, bcrypt.gensalt(4)).decode()

    result = await hasher.verify(PASSWORD, stored)

    assert result.ok
    assert (result.new_hash or "").startswith("$argon2id$")
    assert (await hasher.verify("x" * 72, cut)).ok
    assert not (await hasher.verify("x" * 73, cut)).ok


@pytest.mark.parametrize("stored", ["", "!", "plain text", "$argon2id$v=19$m=8", "$2b$12$short"])
async def test_what_is_no_hash_matches_nothing(stored: str) -> None:
    hasher = PasswordHasher(CHEAP)

    assert not (await hasher.verify(stored or PASSWORD, stored)).ok


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


def test_opaque_tokens_are_random_and_stored_as_digests() -> None:
    """SESS-09, SESS-10."""
    tokens = {new_token() for _ in range(50)}
    assert len(tokens) == 50
    assert {len(token) for token in tokens} == {43}
    assert len({token[:4] for token in tokens}) > 40
    assert all(token not in digest(token) and len(digest(token)) == 64 for token in tokens)
