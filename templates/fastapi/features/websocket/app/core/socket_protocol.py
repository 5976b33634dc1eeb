"""The WebSocket protocol of production: uvicorn's, with bounds on what a client makes us keep."""

import json
import logging
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.datastructures import Headers
from websockets.frames import Frame
from websockets.http11 import Response
from websockets.server import ServerProtocol

from app.core.errors import PROBLEM_JSON, problem_body
from app.core.message_limits import MOST_BYTES
from app.core.security_headers import SECURITY_HEADERS
from app.utils.helpers import new_id

MOST_FRAGMENTS = 64
PING_SECONDS = 20.0
# close() waits for a client to read what was sent, which it need not ever do.
ABORT_SECONDS = 5.0

logger = logging.getLogger("uvicorn.error")


class Handshake(ServerProtocol):
    """Words its refusals as the application does, and repeats nothing of the request."""

    def reject(self, status: HTTPStatus | int, text: str) -> Response:
        detail = "This is not a handshake of the WebSocket protocol, version 13."
        request_id = str(new_id())
        body = json.dumps(problem_body(status, "malformed_handshake", detail, request_id)).encode()
        headers = Headers(
            {
                "Content-Type": PROBLEM_JSON,
                "Content-Length": str(len(body)),
                "Connection": "close",
                "X-Request-Id": request_id,
            }
        )
        headers.update({name.decode(): value.decode() for name, value in SECURITY_HEADERS})
        return Response(int(status), HTTPStatus(status).phrase, headers, body)


class StrictSocket(WebSocketsSansIOProtocol):
    """Cuts off who sends without end, or makes us send to somebody who does not read."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Without compression: a kilobyte can unpack to a megabyte, and sizes tell secrets.
        self.conn = Handshake(max_size=MOST_BYTES, logger=logger)
        self.ping_interval = self.ping_timeout = PING_SECONDS

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self.handshake_initiated:
            # The whole handshake comes at once, from the parser of HTTP. Where this one takes
            # offence, at a body or another method than GET, it would wait without a word.
            self.handshake_complete = self.close_sent = True
            self.transport.write(self.conn.reject(HTTPStatus.BAD_REQUEST, "").serialize())
            self.transport.close()
            self._abort_soon()

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) >= MOST_FRAGMENTS:
            # Empty ones have no size that could be limited.
            self.transport.abort()
            return
        super().handle_cont(event)

    def handle_ping(self) -> None:
        if not self.writable.is_set():
            # Every answer would be kept until somebody reads it.
            self.transport.abort()
            return
        super().handle_ping()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._abort_soon()

    def on_task_complete(self, task: Any) -> None:
        super().on_task_complete(task)
        self._abort_soon()

    def _abort_soon(self) -> None:
        self.loop.call_later(ABORT_SECONDS, self.transport.abort)
