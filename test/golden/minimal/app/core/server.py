"""The HTTP parser of production: uvicorn's strict one, with what it leaves to a proxy."""

import asyncio
import json
from typing import cast

import h11
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.core.client_address import ProxyTrust
from app.core.errors import PROBLEM_JSON, ServiceUnavailable, problem_body
from app.core.middleware import RequestContextMiddleware
from app.core.refusal import CLOSE, Header, Refusal, refuse
from app.core.security_headers import SECURITY_HEADERS, SecurityHeaders
from app.utils.helpers import new_id

# uvicorn has a limit for the pause between requests, but none for headers that trickle in.
HEADER_SECONDS = 10.0
# Nor for a client that does not read: what it has been sent stays in memory until it is taken. That
# may last so long, and a second longer for each so many bytes, which is 2 Mbit/s.
DRAIN_SECONDS = 30.0
SLOWEST_RATE = 262_144

OVERLOADED = Refusal(
    503,
    ServiceUnavailable.code,
    ServiceUnavailable.detail,
    ((b"retry-after", b"5"), CLOSE),
)


async def _refuse_all(scope: Scope, _: Receive, send: Send) -> None:
    await refuse(scope, send, OVERLOADED)


# Without the settings: for this answer it does not matter who is behind a proxy.
refuse_overload = RequestContextMiddleware(SecurityHeaders(_refuse_all), ProxyTrust(()))


class StrictProtocol(H11Protocol):
    """Cuts off slow headers and slow readers, and words its refusals as the application does."""

    _deadline: asyncio.TimerHandle | None = None
    _drained: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast("asyncio.Transport", transport))
        # uvicorn's own answer is plain text, without one of our headers.
        self.limit_concurrency = None
        # So that writing is paused whenever something is left to send, and not from 64 KiB on.
        self.transport.set_write_buffer_limits(high=0)
        self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._stop_draining()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        seconds = DRAIN_SECONDS + self.transport.get_write_buffer_size() / SLOWEST_RATE
        # Whatever else happens: a connection that is closed waits for its reader as well.
        self._drained = self.loop.call_later(seconds, self.transport.abort)

    def resume_writing(self) -> None:
        self._stop_draining()
        super().resume_writing()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        # That protocol has a patience of its own.
        self._stop_draining()
        self.transport.set_write_buffer_limits()
        super().handle_websocket_upgrade(event)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._await_headers()
        else:
            self._stop_waiting()

    def handle_events(self) -> None:
        """Choose who answers the next request: beyond the limit, nobody who does any work."""
        self.app = refuse_overload if self._is_overloaded() else self.config.loaded_app
        super().handle_events()

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be parsed: no application has seen it, or no more than its headers."""
        if self.cycle is not None:
            # What the application says of it comes too late.
            self.cycle.disconnected = True
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            # In the middle of another answer.
            self.transport.close()
            return
        request_id = str(new_id())
        problem = problem_body(400, "malformed_request", "This is not HTTP.", request_id)
        body = json.dumps(problem).encode()
        headers: list[Header] = [
            (b"content-type", PROBLEM_JSON.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"x-request-id", request_id.encode()),
            *SECURITY_HEADERS,
            CLOSE,
        ]
        events = (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=body),
            h11.EndOfMessage(),
        )
        for event in events:
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _is_overloaded(self) -> bool:
        limit = self.config.limit_concurrency
        return limit is not None and max(len(self.connections), len(self.tasks)) >= limit

    def _await_headers(self) -> None:
        # Set once and not again for every byte: that is what a slow client hopes for.
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEADER_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _stop_draining(self) -> None:
        if self._drained is not None:
            self._drained.cancel()
            self._drained = None
