"""Several workers, on several machines perhaps, with one database and one Redis between them."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from app.schemas.ws import SessionCount
from tests.support.environment import REDIS_URL
from tests.support.people import Person, log_in, sign_up
from tests.support.server import Server, StartServer
from tests.support.sockets import (
    ask,
    close_code,
    get_ticket,
    hear,
    hear_count,
    opened,
    opening,
    refusal,
)

needs_redis = pytest.mark.skipif(not REDIS_URL, reason="TEST_REDIS_URL is not set")

PING, PONG = {"type": "ping"}, {"type": "pong"}
SIGNED_OUT = 4401


@pytest.fixture
def workers(start_server: StartServer) -> tuple[Server, Server]:
    return start_server(), start_server()


@pytest.fixture
async def owner(workers: tuple[Server, Server]) -> AsyncIterator[Person]:
    """Somebody who speaks to the first of them."""
    async with workers[0].client() as client:
        yield await sign_up(client, "alice")


async def test_a_ticket_works_once_in_whichever_worker(
    workers: tuple[Server, Server], owner: Person
) -> None:
    """WS-01."""
    first, second = (worker.port for worker in workers)
    ticket = await get_ticket(owner.client)

    async with opening(second, ticket) as connection:
        assert (await ask(connection, PING))["type"] in ("pong", "sessions")

    for port in (first, second):
        assert (await refusal(port, ticket)).status_code == 401


async def test_of_two_workers_at_once_one_takes_the_ticket(
    workers: tuple[Server, Server], owner: Person
) -> None:
    """WS-01: neither process knows of the other; the database decides."""
    ticket = await get_ticket(owner.client)

    results = await asyncio.gather(
        *(opening(workers[number % 2].port, ticket) for number in range(8)), return_exceptions=True
    )

    opened_ones = [result for result in results if not isinstance(result, BaseException)]
    assert len(opened_ones) == 1
    await opened_ones[0].close()


async def test_a_sign_out_in_one_ends_the_connection_in_the_other(
    workers: tuple[Server, Server], owner: Person
) -> None:
    """WS-11."""
    first, second = workers
    connection = await opened(second.port, owner.client)
    async with first.client() as other:
        await log_in(other, "alice")
        await hear_count(connection, 2)

    assert (await owner.client.post("/auth/logout")).status_code == 204

    assert await close_code(connection) == SIGNED_OUT


@needs_redis
async def test_what_one_publishes_reaches_the_connections_of_all(
    workers: tuple[Server, Server], owner: Person, api: FastAPI
) -> None:
    """WS-08: this process publishes, two others hold the connections."""
    async with workers[0].client() as client:
        stranger = await sign_up(client, "bob")
        theirs = await opened(workers[1].port, stranger.client)
        hers = [await opened(worker.port, owner.client) for worker in workers]
        heard = asyncio.gather(*(hear_count(connection, 77) for connection in hers))

        # What is published before a worker listens reaches nobody there.
        while not heard.done():
            await api.state.connections.publish(owner.id, SessionCount(count=77))
            await asyncio.sleep(0.1)

        await heard
        seen = [await ask(theirs, PING)]
        while seen[-1] != PONG:
            seen.append(await hear(theirs))
        assert 77 not in [message.get("count") for message in seen]
        for connection in (theirs, *hers):
            await connection.close()
