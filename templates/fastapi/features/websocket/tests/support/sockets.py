"""WebSocket connections of the tests, over a real socket to the protocol of production."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from httpx import AsyncClient
from starlette.types import ASGIApp
from uvicorn import Config
from uvicorn.server import ServerState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Frame, Opcode

from app.core.server import StrictProtocol
from app.core.socket_protocol import StrictSocket
from tests.support.raw import request

PATH = "/api/v1/ws"
WAIT_SECONDS = 60.0


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[int]:
    """Serve as gunicorn.conf.py does, in this process; yields the port."""
    config, state = Config(app, lifespan="off", log_config=None, ws=StrictSocket), ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: StrictProtocol(config, state, app_state={}), "127.0.0.1", 0
    )
    async with server:
        yield server.sockets[0].getsockname()[1]


async def get_ticket(client: AsyncClient) -> str:
    response = await client.post("/ws/tickets")
    assert response.status_code == 201, response.text
    ticket: str = response.json()["ticket"]
    return ticket


def opening(port: int, ticket: str, path: str = PATH, **headers: str) -> connect:
    # The name of the server, as a client on another machine would write it.
    return connect(
        f"ws://localhost:{port}{path}?ticket={ticket}", additional_headers=headers, compression=None
    )


async def opened(port: int, client: AsyncClient) -> ClientConnection:
    return await opening(port, await get_ticket(client))


async def refusal(port: int, ticket: str, path: str = PATH, **headers: str) -> Any:
    """Return the answer to a handshake that is refused."""
    try:
        async with opening(port, ticket, path, **headers):
            raise AssertionError("it was accepted")
    except InvalidStatus as refused:
        return refused.response


async def ask(connection: ClientConnection, message: object) -> Any:
    text = message if isinstance(message, str | bytes) else json.dumps(message)
    await connection.send(text)
    return await hear(connection)


async def hear(connection: ClientConnection) -> Any:
    async with asyncio.timeout(WAIT_SECONDS):
        return json.loads(await connection.recv())


async def hear_count(connection: ClientConnection, count: int) -> None:
    """Wait for the message that says so many sessions, whatever comes before it."""
    while (await hear(connection)).get("count") != count:
        pass


async def close_code(connection: ClientConnection) -> int | None:
    """Wait for the server to close, whatever it says until then."""
    async with asyncio.timeout(WAIT_SECONDS):
        try:
            while True:
                await connection.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


async def raw_socket(port: int, ticket: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a connection that answers nothing by itself."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    headers = [
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ]
    writer.write(request("GET", f"{PATH}?ticket={ticket}", headers))
    assert b" 101 " in await reader.readline()
    while await reader.readline() != b"\r\n":
        pass
    return reader, writer


def frame(opcode: Opcode, data: bytes, *, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=True)
