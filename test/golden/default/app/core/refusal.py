"""How the defences around the application refuse: problem+json without the framework."""

import json
from collections.abc import Iterable

from starlette.types import Scope, Send

from app.core.context import current_context
from app.core.errors import PROBLEM_JSON, problem_body

Header = tuple[bytes, bytes]

# The sender may still be writing what nobody will read; uvicorn would swallow it to the end.
CLOSE: Header = (b"connection", b"close")

POLICY_VIOLATION = 1008


class Refusal(Exception):
    """A request that does not reach the application."""

    def __init__(
        self, status: int, code: str, detail: str, headers: Iterable[Header] = (CLOSE,)
    ) -> None:
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = tuple(headers)
        super().__init__(code)


async def refuse(scope: Scope, send: Send, refusal: Refusal) -> None:
    if scope["type"] == "websocket":
        # Before the handshake is accepted, the server turns this into a 403.
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    request_id = current_context().request_id
    problem = problem_body(refusal.status, refusal.code, refusal.detail, request_id)
    body = json.dumps(problem).encode()
    headers = [
        (b"content-type", PROBLEM_JSON.encode()),
        (b"content-length", str(len(body)).encode()),
        *refusal.headers,
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
