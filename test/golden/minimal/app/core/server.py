"""The HTTP parser of production: uvicorn's strict one, with what it leaves to a proxy."""

import asyncio
import json

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.core.errors import PROBLEM_JSON, problem_body
from app.core.refusal import CLOSE, Header
from app.core.security_headers import SECURITY_HEADERS
from app.utils.helpers import new_id

# uvicorn has a limit for the pause between requests, but none for headers that trickle in.
HEADER_SECONDS = 10.0


class StrictProtocol(H11Protocol):
    """Cuts off slow headers, and words its own refusals as the application does."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._await_headers()
        else:
            self._stop_waiting()

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be parsed: no application has seen it."""
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

    def _await_headers(self) -> None:
        # Set once and not again for every byte: that is what a slow client hopes for.
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEADER_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
