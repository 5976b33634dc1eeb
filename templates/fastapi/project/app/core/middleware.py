"""The defences around the application: pure ASGI, so that they cover what goes wrong inside.

A response made by the framework's error middleware passes through no middleware added to the
framework; it passes through these. ``app.main.protect`` says in which order.
"""

import logging
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.client_address import ProxyTrust
from app.core.context import RequestContext, request_context
from app.core.refusal import RESPONSE_STARTS
from app.utils.helpers import new_id

# Without structlog in front of it: this line is written for every request.
access_logger = logging.getLogger("app.access")

UUID_TEXT = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
LONGEST_USER_AGENT = 256
SWITCHING_PROTOCOLS = 101


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
            kind = message["type"]
            if kind in RESPONSE_STARTS or kind == "websocket.accept":
                status = message.get("status", SWITCHING_PROTOCOLS)
                message["headers"] = [*message.get("headers", ()), id_header]
            await send(message)

        context = RequestContext(
            request_id,
            client.address,
            client.scheme,
            agent,
            wants_content=scope.get("method") != "HEAD",
        )
        with request_context(context):
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


class PlainCookies:
    """Drops cookies that hold what none may (RFC 6265, 4.1.1).

    The framework unquotes all that come, for every route, and some releases of Python take the
    square of a cookie's length for that. They are not refused: another program on our domain may
    have set them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if any(name == b"cookie" and b"\\" in value for name, value in scope.get("headers", ())):
            headers = [(n, _plain(v) if n == b"cookie" else v) for n, v in scope["headers"]]
            scope = {**scope, "headers": headers}
        await self._app(scope, receive, send)


def _plain(cookies: bytes) -> bytes:
    return b";".join(cookie for cookie in cookies.split(b";") if b"\\" not in cookie)


def _id_and_agent(scope: Scope) -> tuple[str, str]:
    """Take a client's request id only as a UUID: anything else could forge a log line."""
    request_id, agent = "", ""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and UUID_TEXT.fullmatch(value):
            request_id = value.decode()
        elif name == b"user-agent":
            agent = value[:LONGEST_USER_AGENT].decode("latin-1")
    return request_id or str(new_id()), agent
