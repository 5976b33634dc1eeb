"""Mail of a running application: over TLS, after a crash, and without secrets in the log."""

import asyncio
import ssl
import threading
from pathlib import Path
from uuid import uuid4

import pytest

from app.core.mail_kinds import MailKind
from app.core.mailer import NotDelivered, SmtpMailer
from app.core.smtp_url import read_smtp_url
from app.services.mail_text import write_mail
from tests.support.authority import Authority
from tests.support.commands import run_command
from tests.support.configured import cheap_settings
from tests.support.mail import mail_server, token_in
from tests.support.people import register
from tests.support.server import StartServer, spare_port

MAIL = write_mail(cheap_settings(), MailKind.USERNAME_TAKEN, "a@example.com")


async def send(scheme: str, port: int, query: str = "", sign_in: str = "") -> None:
    url = f"{scheme}://{sign_in}localhost:{port}?{query}"
    await SmtpMailer(read_smtp_url(url)).send(MAIL)


async def test_mail_goes_over_verified_tls(tmp_path: Path) -> None:
    """DATA-08: with STARTTLS, and over TLS from the first byte."""
    authority = Authority(tmp_path / "ours")
    context = authority.server_context("localhost")
    trusted = f"cafile={authority.file}"

    async with mail_server(starttls=context) as server:
        await send("smtp", server.port, f"tls=starttls&{trusted}", "me:p%40ss@")
    async with mail_server(tls=context) as other:
        await send("smtps", other.port, trusted)

    assert [mail["To"] for mail in server.mails + other.mails] == ["a@example.com"] * 2
    assert server.sign_ins == [(b"me", b"p@ss")]


async def test_authorities_are_read_once_and_beside_the_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail must not hold up the requests of everybody."""
    authority, threads = Authority(tmp_path / "ours"), []
    create = ssl.create_default_context

    def slow(cafile: str | None) -> ssl.SSLContext:
        threads.append(threading.current_thread())
        return create(cafile=cafile)

    async with mail_server(tls=authority.server_context("localhost")) as server:
        monkeypatch.setattr(ssl, "create_default_context", slow)
        url = f"smtps://localhost:{server.port}?cafile={authority.file}"
        mailer = SmtpMailer(read_smtp_url(url))
        for _ in range(3):
            await mailer.send(MAIL)

    assert len(server.mails) == 3
    assert len(threads) == 1
    assert threads != [threading.main_thread()]


async def test_another_authority_name_or_no_tls_gets_nothing(tmp_path: Path) -> None:
    """DATA-08: neither mail nor password is told to a server that does not prove who it is."""
    ours, theirs = Authority(tmp_path / "ours"), Authority(tmp_path / "theirs")
    trusted = f"cafile={ours.file}"

    for context in (
        theirs.server_context("localhost"),
        ours.server_context("mail.example.com"),
        None,
    ):
        async with mail_server(starttls=context) as server:
            with pytest.raises(NotDelivered):
                await send("smtp", server.port, f"tls=starttls&{trusted}", "me:secret@")
        async with mail_server(tls=context) as other:
            with pytest.raises(NotDelivered):
                await send("smtps", other.port, trusted, "me:secret@")
        assert (server.mails + other.mails, server.sign_ins + other.sign_ins) == ([], [])


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
