"""What is said over a WebSocket connection, and what ends it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp

from app.core.message_limits import MOST_BYTES
from app.schemas.ws import SessionCount
from tests.support.people import Browser, Person, log_in
from tests.support.sockets import (
    ask,
    close_code,
    hear,
    hear_count,
    opened,
    serving,
)

PING = {"type": "ping"}
PONG = {"type": "pong"}
BROKEN_RULES, TOO_LARGE, NO_TEXT = 1008, 1009, 1003


@pytest.fixture
async def port(app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr("app.core.socket_protocol.ABORT_SECONDS", 0.2)
    async with serving(app) as port:
        yield port


async def test_a_new_sign_in_is_told(port: int, alice: Person, browser: Browser) -> None:
    async with await opened(port, alice.client) as connection:
        assert await hear(connection) == {"type": "sessions", "count": 1}
        await log_in(browser(), "alice")
        assert await hear(connection) == {"type": "sessions", "count": 2}
        assert await ask(connection, {"type": "sessions"}) == {"type": "sessions", "count": 2}


async def test_what_is_published_reaches_its_user_only(
    port: int, api: FastAPI, alice: Person, bob: Person
) -> None:
    """WS-08."""
    hers = [await opened(port, alice.client) for _ in range(2)]
    theirs = await opened(port, bob.client)
    heard = asyncio.gather(*(hear_count(connection, 77) for connection in hers))

    # What is published before this worker listens reaches nobody.
    while not heard.done():
        await api.state.connections.publish(alice.id, SessionCount(count=77))
        await asyncio.sleep(0.1)

    await heard
    for connection in hers:
        await connection.close()
    assert await ask(theirs, PING) in (PONG, {"type": "sessions", "count": 1})
    await theirs.close()


@pytest.mark.parametrize(
    "message",
    [
        "",
        "x",
        "null",
        "[]",
        "{}",
        '{"type": "unknown"}',
        '{"type": 1}',
        '{"type": "ping", "more": 1}',
        '{"type": "ping", "type": "ping"}',
        '{"type": NaN}',
        '{"type": "ping"}{"type": "ping"}',
        '\ufeff{"type": "ping"}',
        '{"type": "\\ud800"}',
        '{"type": "ping\\u0000"}',
        "[" * 10_000 + "]" * 10_000,
        '{"type": ' + "9" * 5_000 + "}",
    ],
)
async def test_a_message_is_read_as_strictly_as_a_body(
    port: int, alice: Person, message: str
) -> None:
    """WS-09: one is forgiven, and nothing of it is repeated."""
    async with await opened(port, alice.client) as connection:
        answer = await ask(connection, message)

        assert answer["type"] == "error"
        assert answer["code"] in ("malformed_json", "invalid_request")
        assert "unknown" not in str(answer)
        assert await ask(connection, PING) == PONG


async def test_who_goes_on_like_that_is_cut_off(port: int, alice: Person) -> None:
    """WS-09."""
    connection = await opened(port, alice.client)

    for _ in range(5):
        await connection.send("[")

    assert await close_code(connection) == BROKEN_RULES


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("x" * (MOST_BYTES + 1), TOO_LARGE),
        ("\u20ac" * (MOST_BYTES // 3 + 1), TOO_LARGE),
        (b"x", NO_TEXT),
    ],
)
async def test_a_message_is_a_short_text(
    port: int, alice: Person, message: str | bytes, code: int
) -> None:
    """WS-10."""
    connection = await opened(port, alice.client)

    await connection.send(message)

    assert await close_code(connection) == code


async def test_the_size_is_checked_by_the_application_too(
    port: int, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WS-10: a development server takes 16 MiB."""
    monkeypatch.setattr("app.core.socket_protocol.MOST_BYTES", 16 * 1024**2)
    connection = await opened(port, alice.client)

    await connection.send("x" * (MOST_BYTES + 1))

    assert await close_code(connection) == TOO_LARGE
