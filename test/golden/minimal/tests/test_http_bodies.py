"""How much of a body is read, and for how long."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.core.body_limit import Allowance, BodyLimit
from tests.support.raw import request, send
from tests.support.server import Server

REGISTER = "/api/v1/auth/register"
ME = "/api/v1/users/me"
JSON = ("Content-Type", "application/json")
CHUNKED = [JSON, ("Transfer-Encoding", "chunked")]
LIMIT = 1024**2

CHUNK = b"10000\r\n" + b"x" * 65_536 + b"\r\n"


def test_a_length_beyond_the_limit_is_refused_unread(server: Server) -> None:
    """DOS-01, UPLOAD-05: not a byte is waited for, and the connection ends."""
    answer = send(
        server.port, request("POST", REGISTER, [JSON, ("Content-Length", f"{LIMIT + 1}")])
    )

    assert answer.status == 413
    assert answer.closed


def test_a_body_of_unknown_length_is_counted(server: Server) -> None:
    """DOS-01, UPLOAD-06."""
    answer = send(server.port, request("POST", REGISTER, CHUNKED), *[CHUNK] * 64)

    assert answer.status == 413
    assert answer.closed


def test_a_body_within_the_limit_is_read(server: Server) -> None:
    headers = [JSON, ("Content-Length", f"{LIMIT}")]

    assert send(server.port, request("POST", REGISTER, headers), b"x" * LIMIT).status == 400


@pytest.mark.parametrize("headers", [CHUNKED, [JSON, ("Content-Length", "900000")]])
def test_a_stranger_is_refused_before_the_body(
    server: Server, headers: list[tuple[str, str]]
) -> None:
    """AUTHZ-01: nothing is parsed for somebody who may not come in."""
    answer = send(server.port, request("PATCH", ME, headers), CHUNK)

    assert answer.status == 401
    assert answer.closed


def test_a_small_body_costs_no_connection(server: Server) -> None:
    answer = send(server.port, request("PATCH", ME, [JSON, ("Content-Length", "9")]), b"{" * 9)

    assert answer.status == 401
    assert not answer.closed


def test_nobody_is_asked_to_send_a_body_in_vain(server: Server) -> None:
    """``Expect: 100-continue`` is answered with the refusal."""
    headers = [JSON, ("Content-Length", "100"), ("Expect", "100-continue")]

    assert send(server.port, request("PATCH", ME, headers)).status == 401


def test_more_than_the_length_said_is_another_request(server: Server) -> None:
    """DOS-01: the rest is read as HTTP, which it is not."""
    head = request("POST", REGISTER, [JSON, ("Content-Length", "2")])

    assert send(server.port, head, b"{}GARBAGE\r\n\r\n").status in (400, 422)
    assert send(server.port, request("GET", "/health/live")).status == 200


async def through(limit: BodyLimit, receive: Receive, path: str = "/", length: str = "9") -> int:
    """Return the status of one request, made by hand so that time can be short."""
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": [(b"content-length", length.encode())],
    }
    statuses: list[int] = []

    async def keep_status(message: Message) -> None:
        statuses.append(message.get("status", 0))

    await limit(scope, receive, keep_status)
    return statuses[0]


async def read_all(_: Scope, receive: Receive, send: Send) -> None:
    """An application that answers 400 whatever goes wrong with the body, as FastAPI does."""
    status = 200
    try:
        while (await receive())["more_body"]:
            pass
    except Exception:  # the point is that this hides the reason
        status = 400
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def test_a_body_that_drips_is_cut_off() -> None:
    """DOS-02: the time is for the whole body; a byte now and then does not buy more."""
    drops = 0

    async def drip() -> Message:
        nonlocal drops
        await asyncio.sleep(0.02)
        drops += 1
        return {"type": "http.request", "body": b"x", "more_body": True}

    assert await through(BodyLimit(read_all, Allowance(10_000, 0.2), {}), drip) == 408
    # As many as fit, at the most: on a slow machine, fewer come.
    assert drops <= 10


async def test_a_route_may_take_more_than_the_others() -> None:
    """UPLOAD-05: by method and path, decided before anything is read."""
    larger = {("POST", "/files"): Allowance(1000)}
    limit = BodyLimit(read_all, Allowance(10), larger)

    async def whole() -> Message:
        return {"type": "http.request", "body": b"x" * 500, "more_body": False}

    assert await through(limit, whole, "/files", "500") == 200
    assert await through(limit, whole, "/notes", "500") == 413
    assert await through(limit, whole, "/files", "1001") == 413
