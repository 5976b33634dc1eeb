"""Clients that ask and do not read the answer."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from starlette.types import Receive, Scope, Send

from tests.support.parser import serving
from tests.support.raw import request

# More than the buffers of both ends of a connection hold.
PIECE = b"x" * 65_536
PIECES = 256
CLOSE = [("Connection", "close")]


async def large(scope: Scope, _: Receive, send: Send) -> None:
    """Answer with sixteen megabytes, at once or in pieces."""
    pieces = [PIECE] * PIECES if scope["path"] == "/pieces" else [PIECE * PIECES]
    length = (b"content-length", str(len(PIECE) * PIECES).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    for piece in pieces:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """A server with little patience."""
    monkeypatch.setattr("app.core.server.DRAIN_SECONDS", 0.5)
    monkeypatch.setattr("app.core.server.SLOWEST_RATE", 64 * 1024**2)
    async with serving(large) as port:
        yield port


async def read_all(port: int, sent: bytes, *, first_wait: float, wait: float) -> int:
    """Return how much comes before the connection ends, or is complete."""
    loop = asyncio.get_running_loop()
    with socket.socket() as client:
        client.setblocking(False)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        await loop.sock_connect(client, ("127.0.0.1", port))
        await loop.sock_sendall(client, sent)
        await asyncio.sleep(first_wait)
        count = 0
        while count < len(PIECE) * PIECES:
            try:
                async with asyncio.timeout(60):
                    data = await loop.sock_recv(client, 262_144)
            except ConnectionResetError:
                break
            if not data:
                break
            count += len(data)
            await asyncio.sleep(wait)
        return count


async def test_who_asks_and_does_not_read_is_cut_off(port: int) -> None:
    """DOS-02: else a few of them keep all the memory, for ever."""
    asked = {
        "a whole answer": request("GET", "/"),
        "the last answer": request("GET", "/", CLOSE),
        "several answers": request("GET", "/") * 3,
        "an answer in pieces": request("GET", "/pieces"),
        "and then no HTTP": request("GET", "/") + b"NONSENSE\r\n\r\n",
    }

    counts = await asyncio.gather(
        *(read_all(port, sent, first_wait=2, wait=0) for sent in asked.values())
    )

    whole = len(PIECE) * PIECES
    assert [name for name, count in zip(asked, counts, strict=True) if count >= whole] == []


async def test_who_reads_slowly_gets_everything(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The patience is for a piece, not for the answer."""
    monkeypatch.setattr("app.core.server.DRAIN_SECONDS", 1.5)
    sent = request("GET", "/pieces", CLOSE)

    assert await read_all(port, sent, first_wait=0, wait=0.03) >= len(PIECE) * PIECES


async def test_a_large_answer_gets_more_time(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.server.SLOWEST_RATE", 1024**2)
    sent = request("GET", "/", CLOSE)

    assert await read_all(port, sent, first_wait=2, wait=0) >= len(PIECE) * PIECES
