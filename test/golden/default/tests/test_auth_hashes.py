"""Stored passwords, as they look from outside."""

from unicodedata import normalize

import bcrypt
import pytest
from httpx import AsyncClient, Response
from pwdlib.hashers.argon2 import Argon2Hasher

from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, Browser, log_in, register

SET_HASH = "UPDATE users SET hashed_password = :hash"
OWN = {"x-request-id", "date"}


def shape(response: Response) -> tuple[int, dict[str, str], dict[str, str]]:
    """Everything that a client can tell apart, but for the request's id."""
    body = response.json() | {"request_id": ""}
    return response.status_code, body, {k: v for k, v in response.headers.items() if k not in OWN}


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize(
    "hashed",
    [
        pytest.param(bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode(), id="bcrypt"),
        pytest.param(
            Argon2Hasher(memory_cost=16, time_cost=1, parallelism=2).hash(PASSWORD), id="Argon2"
        ),
    ],
)
async def test_an_old_hash_is_replaced(browser: Browser, database: Inspector, hashed: str) -> None:
    """AUTH-15."""
    await database.execute(SET_HASH, hash=hashed)

    first = await log_in(browser(), "alice")
    stored = await database.scalar("SELECT hashed_password FROM users")
    second = await log_in(browser(), "alice")

    assert (first.status_code, second.status_code) == (200, 200)
    assert stored != hashed
    assert stored.startswith("$argon2id$v=19$m=8,")


@pytest.mark.usefixtures("alice")
async def test_a_failure_replaces_no_hash(browser: Browser, database: Inspector) -> None:
    hashed = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    await database.execute(SET_HASH, hash=hashed)

    await log_in(browser(), "alice", "another long passphrase")

    assert await database.scalar("SELECT hashed_password FROM users") == hashed


async def test_an_accent_may_be_typed_in_two_ways(client: AsyncClient) -> None:
    """AUTH-13: one accent, two ways; a full-width letter is another letter."""
    await register(client, "alice", f"é A {PASSWORD}")

    decomposed = await log_in(client, "alice", f"e\u0301 A {PASSWORD}")
    full_width = await log_in(client, "alice", f"é \uff21 {PASSWORD}")

    assert decomposed.status_code == 200
    assert full_width.status_code == 401


async def test_accents_count_once_however_they_are_typed(client: AsyncClient) -> None:
    """AUTH-08, AUTH-13: 180 characters as they are typed, 120 as they are counted."""
    letters = (chr(0x61 + index * index * 7 % 26) for index in range(60))
    typed = "".join(f"{letter}e\u0301" for letter in letters)

    assert (await register(client, "alice", typed)).status_code == 201
    assert (await log_in(client, "alice", typed)).status_code == 200
    assert (await log_in(client, "alice", normalize("NFC", typed))).status_code == 200


async def test_seventy_two_bytes_are_not_all(client: AsyncClient) -> None:
    """AUTH-09."""
    beginning = f"{PASSWORD} " * 3
    await register(client, "alice", beginning + "one")

    assert (await log_in(client, "alice", beginning + "two")).status_code == 401
    assert (await log_in(client, "alice", beginning + "one")).status_code == 200
