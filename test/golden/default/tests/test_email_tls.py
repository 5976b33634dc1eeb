"""Mail goes over TLS, and only to a server that proves who it is."""

import ssl
import threading
from pathlib import Path

import pytest

from app.core.mail_kinds import MailKind
from app.core.mailer import NotDelivered, SmtpMailer
from app.core.smtp_url import read_smtp_url
from app.services.mail_text import write_mail
from tests.support.authority import Authority
from tests.support.configured import cheap_settings
from tests.support.mail_server import mail_server

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
