"""The messages of a WebSocket connection. Each has a ``type``, and a model of its own.

To add one that clients send, add a model to ``ClientMessage`` and a case to
``app.services.ws_answers``. To add one that the server sends, add a model and hand it to
``Connections.publish``.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from app.schemas.base import Input, Output


class TicketOut(Output):
    """Good for one connection: ``/ws?ticket=...``."""

    ticket: str
    expires_in: int


class Ping(Input):
    """Asks whether somebody is there; browsers cannot send the protocol's own ping."""

    type: Literal["ping"]


class AskSessions(Input):
    type: Literal["sessions"]


ClientMessage = Annotated[Ping | AskSessions, Field(discriminator="type")]
CLIENT_MESSAGES: TypeAdapter[ClientMessage] = TypeAdapter(ClientMessage)


class Pong(Output):
    type: Literal["pong"] = "pong"


class SessionCount(Output):
    """Where the user is signed in. Sent when it changes: a new sign-in may be a stranger."""

    type: Literal["sessions"] = "sessions"
    count: int


class FieldProblem(Output):
    loc: list[str | int]
    type: str
    msg: str


class ErrorMessage(Output):
    """What was wrong with a message; it says nothing of what the message held."""

    type: Literal["error"] = "error"
    code: str
    detail: str
    errors: list[FieldProblem]
