"""One WebSocket connection from its acceptance to its end, and what all of them share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import AppError, InvalidRequest, TooManyRequests
from app.core.message_limits import MOST_BYTES, MessageRate
from app.core.socket_log import hide_handshakes
from app.core.strict_json import parse_json
from app.schemas.base import Output
from app.schemas.ws import CLIENT_MESSAGES, ErrorMessage, FieldProblem
from app.services import session_watch, ws_answers
from app.services.connections import Connection, Connections, Ending
from app.services.live_bus import make_bus
from app.utils.database_errors import refusal_for
from app.utils.field_errors import field_errors

MOST_ERRORS = 5
SEND_SECONDS = 10.0
CLOSE_SECONDS = 2.0
CANCEL_SECONDS = 1.0


class TooManyMessages(TooManyRequests):
    code = "too_many_messages"
    detail = "Too many messages at once."


async def serve(socket: WebSocket, connection: Connection) -> None:
    """Read and write until one side has enough."""
    await socket.accept()
    async with asyncio.TaskGroup() as tasks:
        reader = tasks.create_task(_read(socket, connection))
        writer = tasks.create_task(_write(socket, connection))
        why = await connection.ended
        reader.cancel()
        writer.cancel()
    if why is not Ending.LEFT:
        await _say_goodbye(socket, connection, why)


async def _read(socket: WebSocket, connection: Connection) -> None:
    errors, rate = 0, MessageRate()
    while not connection.ended.done():
        received = await socket.receive()
        text = received.get("text")
        if received["type"] == "websocket.disconnect":
            connection.end(Ending.LEFT)
        elif text is None:
            connection.end(Ending.NO_TEXT)
        elif len(text) > MOST_BYTES or len(body := text.encode()) > MOST_BYTES:
            connection.end(Ending.TOO_LARGE)
        else:
            answer = await _answer(socket, connection, body, rate)
            errors += isinstance(answer, ErrorMessage)
            if answer is not None:
                connection.send(answer.model_dump_json())
            if errors >= MOST_ERRORS:
                connection.end(Ending.BROKEN_RULES)


async def _answer(
    socket: WebSocket, connection: Connection, body: bytes, rate: MessageRate
) -> Output | None:
    try:
        if not rate.allows():
            raise TooManyMessages
        message = CLIENT_MESSAGES.validate_python(parse_json(body))
        state = socket.app.state
        return await ws_answers.answer(state.engine, state.settings, connection, message)
    except ValidationError as error:
        return _error(InvalidRequest(errors=field_errors(error.errors())))
    except AppError as error:
        return _error(error)
    except SQLAlchemyError as error:
        refusal = refusal_for(error)
        if refusal is None:
            raise
        return _error(refusal)


def _error(refusal: AppError) -> ErrorMessage:
    fields = [FieldProblem(**error) for error in refusal.errors]
    return ErrorMessage(code=refusal.code, detail=refusal.public_detail, errors=fields)


async def _write(socket: WebSocket, connection: Connection) -> None:
    try:
        while True:
            text = await connection.unsent.get()
            async with asyncio.timeout(SEND_SECONDS):
                await socket.send_text(text)
    except TimeoutError:
        connection.end(Ending.TOO_SLOW)
    except WebSocketDisconnect:
        connection.end(Ending.LEFT)


async def _say_goodbye(socket: WebSocket, connection: Connection, why: Ending) -> None:
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        async with asyncio.timeout(CLOSE_SECONDS):
            while why is Ending.BROKEN_RULES and not connection.unsent.empty():
                await socket.send_text(connection.unsent.get_nowait())
            await socket.close(why.value.code, why.value.reason)


async def _end(job: asyncio.Task[None]) -> None:
    """Cancel until it is over: a driver in the middle of a timeout may swallow a cancellation."""
    while not job.done():
        job.cancel()
        await asyncio.wait({job}, timeout=CANCEL_SECONDS)


@asynccontextmanager
async def hold_connections(api: FastAPI) -> AsyncIterator[None]:
    hide_handshakes()
    bus = make_bus(api.state.settings)
    connections = api.state.connections = Connections(api.state.settings, bus)
    jobs = (
        asyncio.create_task(bus.run(connections.deliver)),
        asyncio.create_task(session_watch.watch(api.state.engine, api.state.settings, connections)),
    )
    try:
        yield
    finally:
        for job in jobs:
            job.cancel()
        for job in jobs:
            await _end(job)
