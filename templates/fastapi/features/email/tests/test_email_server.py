"""Mail of a running application: after a crash, by command, and without secrets in the log."""

import asyncio
from pathlib import Path
from uuid import uuid4

from tests.support.commands import run_command
from tests.support.mail import token_in
from tests.support.mail_server import mail_server
from tests.support.people import register
from tests.support.server import StartServer, spare_port


async def test_mail_outlives_a_crash_and_an_outage(start_server: StartServer) -> None:
    """SESS-09, LOG-01: it waits in the database, without a token; the log tells nothing."""
    smtp = spare_port()
    server = start_server(SMTP_URL=f"smtp://user:hunter2hunter2@127.0.0.1:{smtp}?tls=none")
    async with server.client() as client:
        assert (await register(client, "alice")).status_code == 201
    await asyncio.sleep(0.5)
    server.kill()

    stored = await server.database.dump()
    assert await server.database.count("outgoing_mails") == 1
    assert "#token=" not in stored
    await server.database.execute("UPDATE outgoing_mails SET due_at = created_at")

    async with mail_server(port=smtp) as mails:
        server.start()
        await mails.until(1)
    token = token_in(mails.mails[0])
    assert mails.mails[0]["To"] == "alice@example.com"
    assert token not in server.log
    assert token not in await server.database.dump()
    assert "hunter2hunter2" not in server.log
    async with server.client() as client:
        answer = await client.post("/auth/verify-email", json={"token": token})
    assert answer.status_code == 204


async def test_the_commands_tell_and_send(program: Path, start_server: StartServer) -> None:
    smtp = spare_port()
    server = start_server(SMTP_URL=f"smtp://127.0.0.1:{smtp}")
    environment = server.environment
    async with server.client() as client:
        await register(client, f"x-{uuid4().hex[:8]}")
    await asyncio.sleep(0.5)
    server.stop()

    before = await run_command(program, environment, "mail", "status")
    await server.database.execute("UPDATE outgoing_mails SET updated_at = '2026-01-01 00:00:00'")
    async with mail_server(port=smtp) as mails:
        sent = await run_command(program, environment, "mail", "send")

    assert before.stdout.startswith("1 mails wait, 1 of them after a failure, the oldest since 20")
    assert (sent.returncode, sent.stdout) == (0, "0 mails wait.\n")
    assert len(mails.mails) == 1
