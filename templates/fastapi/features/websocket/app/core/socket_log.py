"""What uvicorn says of handshakes stays out of the log: it repeats the address with the ticket."""

import logging

UVICORN = logging.getLogger("uvicorn.error")
# app.core.middleware writes one line for each connection, without the query.
HANDSHAKE = '%s - "WebSocket %s"'
# The library's own account of it, headers and frames when it debugs.
DETAILS = ("connection open", "connection rejected", "connection closed", "< ", "> ")
# Said of every handshake that was answered with a refusal, though it is complete then.
MISTAKEN = "ASGI callable returned without completing handshake."


def is_wanted(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith((HANDSHAKE, *DETAILS, MISTAKEN))


def hide_handshakes() -> None:
    UVICORN.addFilter(is_wanted)
