"""AUTH: how passwords are stored and compared."""

import bcrypt
import pytest

from app.core.security import PasswordHasher, digest, new_token
from tests.support.hashing import CHEAP, FLOOR, PASSWORD


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


def test_opaque_tokens_are_random_and_stored_as_digests() -> None:
    """SESS-09, SESS-10."""
    tokens = {new_token() for _ in range(50)}
    assert len(tokens) == 50
    assert {len(token) for token in tokens} == {43}
    assert len({token[:4] for token in tokens}) > 40
    assert all(token not in digest(token) and len(digest(token)) == 64 for token in tokens)
