"""How the defences around the application refuse: problem+json without the framework."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.types import Scope, Send

from app.core.context import current_context
from app.core.errors import PROBLEM_JSON, problem_body

Header = tuple[bytes, bytes]

# The sender may still be writing what nobody will read; uvicorn would swallow it to the end.
CLOSE: Header = (b"connection", b"close")

# A handshake of a WebSocket can be answered like a request, where the server knows how.
DENIAL = "websocket.http.response"
RESPONSE_STARTS = ("http.response.start", f"{DENIAL}.start")
POLICY_VIOLATION = 1008


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is said to a request that does not reach the application; never raised itself."""

    status: int
    code: str
    detail: str
    headers: tuple[Header, ...] = (CLOSE,)


# What is done about one beside the answer; it does not raise.
OnRefused = Callable[[Scope, Refusal], Awaitable[None]]


class Refused(Exception):
    """Ends the work on a request. Make a new one each time: it keeps the frames that it leaves."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.code)


def declared_length(scope: Scope) -> int | None:
    """Return the length of the body; None where it comes in chunks."""
    length = 0
    for name, value in scope["headers"]:
        if name == b"content-length":
            # The server has checked that these are digits, and not too many.
            length = int(value)
        elif name == b"transfer-encoding":
            return None
    return length


def unread(scope: Scope) -> tuple[Header, ...]:
    """Return what an answer has to say when nobody has read the body, and there is one."""
    return () if declared_length(scope) == 0 else (CLOSE,)


async def refuse(scope: Scope, send: Send, refusal: Refusal) -> None:
    is_socket = scope["type"] == "websocket"
    if is_socket and DENIAL not in scope.get("extensions", ()):
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
    if CLOSE not in refusal.headers:
        headers += unread(scope)
    kind = DENIAL if is_socket else "http.response"
    await send({"type": f"{kind}.start", "status": refusal.status, "headers": headers})
    await send({"type": f"{kind}.body", "body": body})
