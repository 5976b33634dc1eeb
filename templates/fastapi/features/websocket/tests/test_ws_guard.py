"""The defences around the application, asked by handshakes of WebSockets."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp
from websockets.exceptions import InvalidStatus

from app.core.errors import PROBLEM_JSON
from tests.support.people import Person, sign_up
from tests.support.raw import request, send
from tests.support.server import Server
from tests.support.sockets import PATH, get_ticket, opening, refusal, serving


@pytest.fixture
async def port(app: ASGIApp) -> AsyncIterator[int]:
    async with serving(app) as port:
        yield port


def handshake(host: str = "localhost", **changes: str) -> bytes:
    headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    } | changes
    return request("GET", f"{PATH}?ticket=x", headers.items(), host=host)


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (handshake(host="evil.example"), 400, "invalid_host"),
        (handshake(Authorization="Bearer a\r\nAuthorization: Bearer b"), 400, "repeated_header"),
        (handshake(X="x" * 7000, Y="y" * 7000, Z="z" * 7000), 431, "headers_too_large"),
        (handshake().replace(b"/ws?", b"/ws%2f?"), 400, "ambiguous_path"),
        (handshake().replace(b"/ws?", b"/nothing?"), 404, "not_found"),
        (handshake().replace(b"/ws?", b"/users/me?"), 404, "not_found"),
        (handshake().replace(b"Key: dGhl", b"Key: "), 400, "malformed_handshake"),
        (handshake().replace(b"Version: 13", b"Version: 7"), 400, "malformed_handshake"),
        (handshake(**{"Content-Length": "3"}) + b"abc", 400, "malformed_handshake"),
        (handshake(**{"Content-Length": "3"}).replace(b"GET", b"POST"), 400, "malformed_handshake"),
        (handshake(**{"Transfer-Encoding": "chunked"}) + b"0\r\n\r\n", 400, "malformed_handshake"),
        (handshake(X="x" * 9000), 400, "malformed_handshake"),
        (handshake(**{f"X-{n}": "a" for n in range(130)}), 400, "malformed_handshake"),
    ],
)
async def test_the_defences_around_the_application_hold_for_handshakes(
    port: int, sent: bytes, status: int, code: str
) -> None:
    """WS-05: refused like any request, with the same headers."""
    answer = await asyncio.to_thread(send, port, sent)

    assert (answer.status, json.loads(answer.body)["code"]) == (status, code)
    assert answer.closed or status == 404
    assert answer.header("content-type") == PROBLEM_JSON
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("cache-control") == "no-store"
    assert answer.header("x-request-id") == json.loads(answer.body)["request_id"]


@pytest.mark.environment(FORCE_HTTPS="true")
async def test_a_connection_needs_tls(port: int) -> None:
    """WS-05: a ticket in clear would be somebody else's."""
    answer = await asyncio.to_thread(send, port, handshake())

    assert (answer.status, json.loads(answer.body)["code"]) == (403, "https_required")


async def test_a_bug_in_a_handshake_is_a_problem_too(
    port: int, alice: Person, api: FastAPI
) -> None:
    """WS-05, ERR-03."""
    ticket = await get_ticket(alice.client)
    api.state.connections = None

    refused = await refusal(port, ticket)

    assert refused.status_code == 500
    assert json.loads(refused.body)["code"] == "internal_error"
    assert refused.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_log_of_a_server_holds_no_ticket(server: Server) -> None:
    """WS-14: neither used nor refused; uvicorn would log the whole address."""
    async with server.client() as client:
        await sign_up(client, "ticketholder")
        ticket = await get_ticket(client)
        for _ in range(2):
            try:
                async with opening(server.port, ticket):
                    pass
            except InvalidStatus:
                continue

    assert "status=101" in server.log
    assert ticket not in server.log
    assert "ticket=" not in server.log
