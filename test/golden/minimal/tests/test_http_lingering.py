"""Clients that send on while they are refused: they get the answer, and no more than that."""

import asyncio
import http.client
import time

import pytest
from starlette.types import ASGIApp

from tests.support.parser import serving
from tests.support.raw import request

REGISTER = "/api/v1/auth/register"
JSON = ("Content-Type", "application/json")
MIB = 1024**2
# More than the buffers of both ends of a connection hold.
TOO_MUCH = 8 * MIB


def write_then_read(port: int, size: int) -> int:
    """Ask as many libraries do: the whole body first, and only then a look at the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", REGISTER, b"x" * size, dict([JSON]))
    status = connection.getresponse().status
    connection.close()
    return status


async def send_until_cut_off(port: int, size: int, pause: float) -> tuple[int, float]:
    """Announce far too much, and send it until nobody listens; return how much, and how long."""
    head = request("POST", REGISTER, [JSON, ("Content-Length", str(1024 * MIB))])
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head)
    sent, started = 0, time.monotonic()
    try:
        while sent < 1024 * MIB and time.monotonic() < started + 30:
            writer.write(b"x" * size)
            await writer.drain()
            sent += size
            await asyncio.sleep(pause)
    except ConnectionError:
        pass
    writer.transport.abort()
    return sent, time.monotonic() - started


async def test_who_writes_first_and_reads_then_gets_the_answer(app: ASGIApp) -> None:
    """DOS-01: a connection that is closed with unread bytes is reset, answer and all."""
    async with serving(app) as port:
        statuses = [await asyncio.to_thread(write_then_read, port, TOO_MUCH) for _ in range(5)]

    assert statuses == [413] * 5


async def test_nobody_is_listened_to_for_long(
    app: ASGIApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DOS-02: a byte now and then holds no connection."""
    monkeypatch.setattr("app.core.lingering.LINGER_SECONDS", 0.3)
    async with serving(app) as port:
        _, seconds = await send_until_cut_off(port, 1, 0.05)

    assert 0.2 < seconds < 20


async def test_nobody_is_listened_to_without_end(
    app: ASGIApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DOS-01: what is thrown away has to be received, too."""
    monkeypatch.setattr("app.core.lingering.LINGER_SECONDS", 60.0)
    monkeypatch.setattr("app.core.lingering.LINGER_BYTES", MIB)
    async with serving(app) as port:
        sent, _ = await send_until_cut_off(port, 65_536, 0)

    assert sent < 64 * MIB
