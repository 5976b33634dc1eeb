"""How large a request body may be and how long it may take, whether its length is known or not."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.refusal import CLOSE, Refusal, Refused, declared_length, refuse

BODY_SECONDS = 15.0

# What is left of a small body is read before an early answer, so that the connection lives on.
# Of a larger one nothing more is read: the connection is closed.
DRAIN_BYTES = 65_536
DRAIN_SECONDS = 1.0

TOO_LARGE = Refusal(413, "content_too_large", "The request body is too large.")
TOO_SLOW = Refusal(408, "body_timeout", "The request body took too long to arrive.")


TooLong = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Allowance:
    """``on_too_long`` is told of a body that is refused here, before the route hears of it."""

    size: int
    seconds: float = BODY_SECONDS
    on_too_long: TooLong | None = field(default=None, compare=False)


class BodyLimit:
    """``own`` names the routes, by method and path, that take more or less than the others."""

    def __init__(
        self,
        app: ASGIApp,
        default: Allowance,
        own: Mapping[tuple[str, str], Allowance],
    ) -> None:
        self._app = app
        self._default = default
        self._own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = declared_length(scope)
        if length == 0:
            await self._app(scope, receive, send)
            return
        allowance = self._own.get((scope["method"], scope["path"]), self._default)
        if length is not None and length > allowance.size:
            if allowance.on_too_long is not None:
                await allowance.on_too_long()
            await refuse(scope, send, TOO_LARGE)
            return
        body = _Body(scope, receive, send, allowance, length)
        await self._app(scope, body.receive, body.send)


class _Body:
    """One body on its way in: counts it, times it, and cuts it off."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, allowance: Allowance, length: int | None
    ) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._limit = allowance.size
        self._deadline = asyncio.get_running_loop().time() + allowance.seconds
        self._awaits_permission = any(name == b"expect" for name, _ in scope["headers"])
        self._length = length
        self._read = 0
        self._is_complete = False
        self._refusal: Refusal | None = None
        self._is_refused = False

    async def receive(self) -> Message:
        if self._is_complete:
            return await self._receive()
        self._awaits_permission = False
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise self._cut_off(TOO_SLOW) from None
        self._read += len(message.get("body", b""))
        if self._read > self._limit:
            raise self._cut_off(TOO_LARGE)
        self._is_complete = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if self._is_refused:
            return
        if message["type"] == "http.response.start":
            if self._refusal is not None:
                # Whatever the application makes of the broken body, this is the reason.
                self._is_refused = True
                await refuse(self._scope, self._send, self._refusal)
                return
            if not self._is_complete and not await self._drain():
                message["headers"] = [*message["headers"], CLOSE]
        await self._send(message)

    def _cut_off(self, refusal: Refusal) -> Refused:
        self._refusal = refusal
        return Refused(refusal)

    async def _drain(self) -> bool:
        """Read what is left of a small body; tell whether that was all."""
        left = DRAIN_BYTES if self._length is None else self._length - self._read
        if self._awaits_permission or left > DRAIN_BYTES:
            return False
        stop = self._read + DRAIN_BYTES
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while not self._is_complete and self._read <= stop:
                    await self.receive()
        except (TimeoutError, Refused):
            return False
        return self._is_complete
