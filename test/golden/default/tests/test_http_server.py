"""What production's parser refuses before the application sees anything."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from starlette.types import ASGIApp

from app.core.errors import PROBLEM_JSON
from tests.support.parser import serving
from tests.support.raw import Answer, request, send


@pytest.fixture
async def port(app: ASGIApp) -> AsyncIterator[int]:
    async with serving(app) as port:
        yield port


async def ask(port: int, *pieces: bytes) -> Answer:
    return await asyncio.to_thread(send, port, *pieces)


def is_ours(answer: Answer) -> bool:
    """A problem with every defence on, and the end of the connection."""
    assert answer.closed
    assert answer.header("content-type") == PROBLEM_JSON
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("cache-control") == "no-store"
    return bool(json.loads(answer.body)["request_id"] == answer.header("x-request-id"))


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
    assert is_ours(answer)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
async def test_more_than_a_worker_can_do_is_refused_like_the_rest(
    app: ASGIApp, method: str
) -> None:
    """HDR-01, ERR-03, DOS-05: uvicorn alone would say so in plain text."""
    async with serving(app, limit_concurrency=3) as port:
        before = await ask(port, request("GET", "/health/live"))
        idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        refused = await ask(port, request(method, "/health/live", [("Content-Length", "9000000")]))
        for _, writer in idle:
            writer.close()
            await writer.wait_closed()
        await asyncio.sleep(0.1)
        after = await ask(port, request("GET", "/health/live"))

    assert (before.status, refused.status, after.status) == (200, 503, 200)
    assert int(refused.header("retry-after") or 0) >= 1
    assert method == "HEAD" or is_ours(refused)


async def test_a_body_that_is_not_http_breaks_nothing(
    port: int, caplog: pytest.LogCaptureFixture
) -> None:
    """ERR-03: the application is about to refuse the same request, and nobody waits for that."""
    chunked = [("Transfer-Encoding", "chunked")]
    sent = request("POST", "/api/v1/auth/login", chunked, host="evil.example")

    answer = await ask(port, sent + b"no chunk\r\n")

    assert (answer.status, json.loads(answer.body)["code"]) == (400, "malformed_request")
    assert not [record for record in caplog.records if record.exc_info]
