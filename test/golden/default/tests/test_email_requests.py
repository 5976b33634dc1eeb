"""What a request does about mail: one row with its cause, and nothing that tells or waits."""

import socket
import time
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import event

from app.config import Settings
from tests.support.alike import usual_times, visible
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, until_sent
from tests.support.mail_links import forget
from tests.support.mail_sending import unsent
from tests.support.people import Person, register
from tests.support.server import StartServer


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


async def test_nobody_is_answered_like_somebody(
    alice: Person, client: AsyncClient, mailbox: Mailbox, database: Inspector
) -> None:
    """AUTH-06: byte for byte; and only somebody gets a mail."""
    known = await forget(client, alice.email)
    unknown = await forget(client, "nobody@example.com")

    assert known.status_code == 202
    assert visible(known) == visible(unknown)
    await mailbox.last(alice.email, "Choose a new password")
    await until_sent(database)
    assert mailbox.all("nobody@example.com") == []


@unsent
async def test_nobody_causes_the_same_work_as_somebody(
    alice: Person, client: AsyncClient, api: FastAPI
) -> None:
    """AUTH-06: the same statements, and the same time within the rule of AUTH-04."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(api.state.engine.sync_engine, "before_cursor_execute", note)
    await forget(client, alice.email)
    for_somebody = list(statements)
    statements.clear()
    await forget(client, "nobody@example.com")
    event.remove(api.state.engine.sync_engine, "before_cursor_execute", note)
    assert for_somebody
    assert statements == for_somebody

    known, unknown = await usual_times(
        [lambda _: forget(client, alice.email), lambda _: forget(client, "nobody@example.com")]
    )
    assert abs(known - unknown) < max(0.005, 0.1 * known)


async def test_the_request_does_not_wait_for_the_mail_server(
    start_server: StartServer, database: Inspector
) -> None:
    """The server accepts, and never says a word: the answer is there, and the mail stays."""

    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = start_server(SMTP_URL=f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        async with server.client() as client:
            took = []
            for name in ("alice", "bob"):
                started = time.monotonic()
                assert (await register(client, name)).status_code == 201
                took.append(time.monotonic() - started)
        # An attempt is given up after ten seconds, and each request would wait for its own.
        assert min(took) < 8
        assert await database.count("outgoing_mails") == 2
        server.kill()
