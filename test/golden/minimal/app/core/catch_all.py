"""The answer to what nothing else has answered."""

import asyncio

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.refusal import CLOSE, Refusal, refuse

logger = structlog.get_logger(__name__)

REQUEST_SECONDS = 30.0
INTERNAL_ERROR = 1011

UNEXPECTED = Refusal(500, "internal_error", "Something went wrong on our side.")
NOT_FOUND = Refusal(404, "not_found", "There is nothing here.")
TOO_LONG = Refusal(503, "request_timeout", "This took too long.", ((b"retry-after", b"5"), CLOSE))


class CatchAll:
    """Answers when nothing else did: a problem without a word about the cause, and a deadline."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._watch_socket(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_started = False
        loop = asyncio.get_running_loop()

        def go_on(message: Message) -> Message:
            if message.get("more_body"):
                # A download may take long, but not stand still. An upload has a limit of its own.
                deadline.reschedule(loop.time() + REQUEST_SECONDS)
            return message

        async def receive_and_watch() -> Message:
            return go_on(await receive())

        async def send_and_watch(message: Message) -> None:
            nonlocal is_started
            is_started = True
            await send(go_on(message))

        refusal = None
        try:
            async with asyncio.timeout(REQUEST_SECONDS) as deadline:
                await self._app(scope, receive_and_watch, send_and_watch)
        except Exception as error:
            # A TimeoutError may also be the application's own.
            refusal = TOO_LONG if deadline.expired() else UNEXPECTED
            logger.error(refusal.code, exc_info=error)
        # Once a response has begun, all that is left is to end the connection; the server does.
        if refusal is not None and not is_started:
            await refuse(scope, send, refusal)

    async def _watch_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A connection may last: there is no deadline, but a reason when it breaks."""
        is_accepted = False

        async def send_and_watch(message: Message) -> None:
            nonlocal is_accepted
            if message["type"] == "websocket.close" and not is_accepted:
                # The framework knows no route of that name.
                await refuse(scope, send, NOT_FOUND)
                return
            is_accepted = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_watch)
        except Exception as error:
            logger.error(UNEXPECTED.code, exc_info=error)
            if is_accepted:
                await send({"type": "websocket.close", "code": INTERNAL_ERROR})
            else:
                await refuse(scope, send, UNEXPECTED)
