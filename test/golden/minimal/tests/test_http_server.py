"""What production's parser does before the application sees anything."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

import pytest
from starlette.types import ASGIApp
from uvicorn import Config
from uvicorn.server import ServerState

from app.core.errors import PROBLEM_JSON
from app.core.server import StrictProtocol
from tests.support.raw import Answer, request, send


@pytest.fixture
async def port(app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """The application behind the parser of ``gunicorn.conf.py``, with little patience."""
    monkeypatch.setattr("app.core.server.HEADER_SECONDS", 0.5)
    config, state = Config(app, lifespan="off", log_config=None), ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: StrictProtocol(config, state, app_state={}), "127.0.0.1", 0
    )
    async with server:
        yield server.sockets[0].getsockname()[1]


async def ask(port: int, *pieces: bytes) -> Answer:
    return await asyncio.to_thread(send, port, *pieces)


async def is_cut_off(port: int, start: bytes) -> bool:
    """Send a byte now and then, for longer than the server should put up with."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(start)
    deadline = time.monotonic() + 3
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


@pytest.mark.parametrize(
    "nonsense",
    [
        b"NONSENSE\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ],
)
async def test_what_is_not_http_gets_the_same_answer_as_the_rest(
    port: int, nonsense: bytes
) -> None:
    """HDR-01, ERR-03: no application has seen it, yet the defences are on."""
    answer = await ask(port, nonsense)

    assert answer.status == 400
    assert answer.closed
    assert answer.header("content-type") == PROBLEM_JSON
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("cache-control") == "no-store"
    assert json.loads(answer.body)["request_id"] == answer.header("x-request-id")
