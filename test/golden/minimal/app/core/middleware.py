"""The defences around the application: pure ASGI, so that they cover what goes wrong inside.

A response made by the framework's error middleware passes through no middleware added to the
framework; it passes through these. ``app.main.protect`` says in which order.
"""

import asyncio
import logging
import re
import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.client_address import ProxyTrust
from app.core.context import RequestContext, request_context
from app.core.refusal import CLOSE, Refusal, refuse
from app.utils.helpers import new_id

# Without structlog in front of it: this line is written for every request.
access_logger = logging.getLogger("app.access")
logger = structlog.get_logger(__name__)

UUID_TEXT = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
LONGEST_USER_AGENT = 256

REQUEST_SECONDS = 30.0

UNEXPECTED = Refusal(500, "internal_error", "Something went wrong on our side.")
TOO_LONG = Refusal(503, "request_timeout", "This took too long.", [(b"retry-after", b"5"), CLOSE])


class RequestContextMiddleware:
    """Says who asks and under which id, to the whole request; logs one line when it is over."""

    def __init__(self, app: ASGIApp, trust: ProxyTrust) -> None:
        self._app = app
        self._trust = trust

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        client = self._trust.client_of(scope)
        scope["scheme"] = client.scheme
        request_id, agent = _id_and_agent(scope)
        id_header = (b"x-request-id", request_id.encode())
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), id_header]
            await send(message)

        with request_context(RequestContext(request_id, client.address, client.scheme, agent)):
            await self._app(scope, receive, send_with_id)
            line = {
                "event": "request",
                "method": scope.get("method", "WEBSOCKET"),
                # Without the query, which may hold what a client should not have put there.
                "path": scope["raw_path"].decode("ascii", "replace"),
                "status": status,
                "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            }
            access_logger.info(line)


class CatchAll:
    """Answers when nothing else did: a problem without a word about the cause, and a deadline."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_started = False
        loop = asyncio.get_running_loop()

        async def send_and_watch(message: Message) -> None:
            nonlocal is_started
            is_started = True
            await send(message)
            if message.get("more_body"):
                # A download may take long, but not stand still.
                deadline.reschedule(loop.time() + REQUEST_SECONDS)

        refusal = None
        try:
            async with asyncio.timeout(REQUEST_SECONDS) as deadline:
                await self._app(scope, receive, send_and_watch)
        except Exception as error:
            # A TimeoutError may also be the application's own.
            refusal = TOO_LONG if deadline.expired() else UNEXPECTED
            logger.error(refusal.code, exc_info=error)
        # Once a response has begun, all that is left is to end the connection; the server does.
        if refusal is not None and not is_started:
            await refuse(scope, send, refusal)


class HeadAsGet:
    """Answers HEAD wherever GET is answered: the same headers, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)


def _id_and_agent(scope: Scope) -> tuple[str, str]:
    """Take a client's request id only as a UUID: anything else could forge a log line."""
    request_id, agent = "", ""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and UUID_TEXT.fullmatch(value):
            request_id = value.decode()
        elif name == b"user-agent":
            agent = value[:LONGEST_USER_AGENT].decode("latin-1")
    return request_id or str(new_id()), agent
