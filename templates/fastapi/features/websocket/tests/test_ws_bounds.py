"""What a WebSocket connection cannot make a worker keep."""

import asyncio
from collections.abc import AsyncIterator, Sized

import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import Opcode

from app.config import Settings
from app.core.constants import Role
from app.core.identity import Caller
from app.core.message_limits import BURST
from app.services.connections import Connections
from app.services.live_bus import LocalBus
from app.utils.helpers import new_id, utc_now
from tests.support.people import Person
from tests.support.sockets import ask, close_code, frame, get_ticket, opened, raw_socket, serving

PING = {"type": "ping"}
BROKEN_RULES = 1008


@pytest.fixture
async def port(app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr("app.core.socket_protocol.ABORT_SECONDS", 0.2)
    async with serving(app) as port:
        yield port


async def is_free(api: FastAPI) -> bool:
    """Wait for the connection's place to be free."""
    for _ in range(1200):
        if not [*api.state.connections]:
            return True
        await asyncio.sleep(0.05)
    return False


async def test_who_does_not_read_is_cut_off(
    port: int, api: FastAPI, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WS-12: what is kept for a client is bounded, and so is the patience."""
    monkeypatch.setattr("app.api.live.SEND_SECONDS", 0.2)
    monkeypatch.setattr("app.api.live.CLOSE_SECONDS", 0.2)
    _, writer = await raw_socket(port, await get_ticket(alice.client))
    connection = next(iter(api.state.connections))

    while not connection.ended.done():
        for _ in range(8):
            connection.send("x" * 60_000)
        await asyncio.sleep(0.01)

    assert connection.unsent.qsize() <= 64
    assert await is_free(api)
    writer.close()


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        pytest.param(b"", frame(Opcode.PING, b"x" * 125) * 500, id="pings without reading"),
        pytest.param(
            frame(Opcode.TEXT, b"", fin=False),
            frame(Opcode.CONT, b"", fin=False) * 500,
            id="fragments without end",
        ),
        pytest.param(
            frame(Opcode.TEXT, b"x", fin=False),
            frame(Opcode.CONT, b"x" * 30_000, fin=False),
            id="a message that never ends",
        ),
    ],
)
async def test_what_never_ends_is_cut_off(
    port: int, api: FastAPI, alice: Person, first: bytes, rest: bytes
) -> None:
    """WS-12: below the messages, where the application sees nothing of it."""
    _, writer = await raw_socket(port, await get_ticket(alice.client))
    writer.write(first)

    async with asyncio.timeout(120):
        while not writer.is_closing() and [*api.state.connections]:
            writer.write(rest)
            await asyncio.sleep(0)
            if writer.transport.get_write_buffer_size() > 4 * 1024**2:
                await asyncio.sleep(0.01)

    assert await is_free(api)
    writer.close()


async def test_who_is_not_there_any_more_is_noticed(
    port: int, api: FastAPI, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WS-13: a peer that answers no ping is gone."""
    monkeypatch.setattr("app.core.socket_protocol.PING_SECONDS", 0.1)
    _, writer = await raw_socket(port, await get_ticket(alice.client))

    assert await is_free(api)
    writer.close()


async def test_who_answers_pings_stays(
    port: int, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WS-13."""
    monkeypatch.setattr("app.core.socket_protocol.PING_SECONDS", 0.1)
    async with await opened(port, alice.client) as connection:
        await asyncio.sleep(1)
        assert (await ask(connection, PING))["type"] in ("pong", "sessions")


def caller() -> Caller:
    now = utc_now()
    return Caller(new_id(), new_id(), "", "", Role.USER, True, now, now, now, None)


async def test_nothing_is_kept_of_who_has_left(settings: Settings) -> None:
    """WS-12: a worker meets more people than it could remember."""
    connections = Connections(settings, LocalBus())

    for one in [caller() for _ in range(1000)]:
        with connections.open(one):
            connections.keep(connections, {one.user_id: {one.session_id}})

    kept = [part for part in vars(connections).values() if isinstance(part, Sized)]
    assert kept
    assert not any(kept)


async def ask_often(connection: ClientConnection) -> None:
    """One by one, and read: sent at once, they would end it as too slow a reader."""
    for _ in range(500):
        await ask(connection, PING)


async def test_messages_are_counted(port: int, alice: Person) -> None:
    """WS-10: a burst passes, a flood does not."""
    connection = await opened(port, alice.client)
    for _ in range(BURST):
        assert (await ask(connection, PING))["type"] in ("pong", "sessions")

    with pytest.raises(ConnectionClosed):
        await ask_often(connection)

    assert await close_code(connection) == BROKEN_RULES
