"""Lets an early answer arrive before the connection ends.

A connection that is closed with unread bytes is reset, and a client that is still writing may then
see the reset instead of the answer. So what it sends is received for a moment, and thrown away.
"""

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.refusal import CLOSE, declared_length

LINGER_SECONDS = 1.0
# A file that is somewhat too large, sent over a fast line.
LINGER_BYTES = 16 * 1024**2


class Lingering:
    """Keeps back the end of an answer that closes the connection, where a body is unread."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or declared_length(scope) == 0 or _awaits_permission(scope):
            await self._app(scope, receive, send)
            return
        body = _Body(receive, send)
        await self._app(scope, body.receive, body.send)


class _Body:
    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._is_over = False
        self._closes = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._is_over = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._closes = CLOSE in message.get("headers", ())
        elif self._closes and not self._is_over and not message.get("more_body", False):
            # All of the answer, by its length. The server closes when it is told of the end.
            await self._send({**message, "more_body": True})
            await self._throw_away()
            message = {"type": "http.response.body", "body": b""}
        await self._send(message)

    async def _throw_away(self) -> None:
        left = LINGER_BYTES
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                while left > 0 and not self._is_over:
                    message = await self.receive()
                    left -= len(message.get("body", b""))


def _awaits_permission(scope: Scope) -> bool:
    """Tell of a client that sends its body only when it is asked to."""
    return any(name == b"expect" for name, _ in scope["headers"])
