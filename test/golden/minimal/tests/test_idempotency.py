"""Idempotency-Key: a request that is sent again happens once."""

import asyncio
from uuid import UUID

import pytest
from fastapi import FastAPI

from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.support.slips import add_slips, send


@pytest.fixture
def made(api: FastAPI) -> list[UUID]:
    """What a route has made that can be repeated."""
    return add_slips(api)


async def test_without_a_key_every_request_counts(alice: Person, made: list[UUID]) -> None:
    assert await send(alice.client, None) != await send(alice.client, None)
    assert len(made) == 2


async def test_the_same_request_is_answered_again(alice: Person, made: list[UUID]) -> None:
    first = await send(alice.client, "key-1")

    assert await send(alice.client, "key-1") == first
    assert await send(alice.client, "key-2") != first
    assert len(made) == 2


async def test_a_key_belongs_to_one_request(alice: Person, made: list[UUID]) -> None:
    """Another body or another address under the same key is a mistake, and said so."""
    await send(alice.client, "key")

    assert await send(alice.client, "key", text="b") == "422"
    assert await send(alice.client, "key", path="/cards") == "422"
    assert len(made) == 1


async def test_everybody_has_keys_of_their_own(
    alice: Person, bob: Person, made: list[UUID]
) -> None:
    """AUTHZ-03: a key that somebody else has used tells nothing and takes nothing."""
    assert await send(alice.client, "key") != await send(bob.client, "key")
    assert len(made) == 2


async def test_parallel_requests_happen_once(alice: Person, made: list[UUID]) -> None:
    answers = await asyncio.gather(*(send(alice.client, "key") for _ in range(5)))

    assert answers == [str(made[0])] * 5
    assert len(made) == 1


async def test_what_fails_may_be_tried_again(
    alice: Person, made: list[UUID], database: Inspector
) -> None:
    assert await send(alice.client, "key", text="taken") == "409"
    assert await database.count("idempotency_keys") == 0

    assert len(await send(alice.client, "key", text="free")) == 36
    assert len(made) == 1


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "caf\xe9", "a\tb"])
async def test_an_odd_key_is_refused(alice: Person, made: list[UUID], key: str) -> None:
    response = await alice.client.post(
        "/slips", json={"text": "a"}, headers={b"Idempotency-Key": key.encode("latin-1")}
    )

    assert response.status_code in (400, 422)
    assert made == []
