"""How long production's parser waits for headers."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from starlette.types import ASGIApp

from tests.support.parser import serving
from tests.support.raw import request


@pytest.fixture
async def port(app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """A server with little patience."""
    monkeypatch.setattr("app.core.server.HEADER_SECONDS", 0.5)
    async with serving(app) as port:
        yield port


async def is_cut_off(port: int, start: bytes) -> bool:
    """Send a byte now and then, for longer than the server should put up with."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(start)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not reader.at_eof():
        writer.write(b"x")
        try:
            async with asyncio.timeout(0.1):
                await reader.read(65_536)
        except TimeoutError:
            continue
        except ConnectionError:
            break
    writer.close()
    return time.monotonic() < deadline


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-A: ", id="in a header"),
        pytest.param(b"", id="in the request line"),
        pytest.param(request("GET", "/health/live") + b"GET /", id="in the second request"),
    ],
)
async def test_headers_that_trickle_in_are_cut_off(port: int, start: bytes) -> None:
    """DOS-02: uvicorn alone would wait for ever."""
    assert await is_cut_off(port, start)


async def test_two_requests_on_one_connection(port: int) -> None:
    """The deadline is for headers, not for the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(3):
        writer.write(request("GET", "/health/live"))
        assert (await reader.readuntil(b'{"status":"ok"}')).startswith(b"HTTP/1.1 200")
        await asyncio.sleep(0.3)
    writer.close()
