"""Sends the mail of a test step by step: the application sends nothing by itself."""

import pytest
from fastapi import FastAPI

from app.config import Settings
from app.core.mail_kinds import MailKind
from app.core.mailer import FolderMailer, SmtpMailer
from app.core.smtp_url import read_smtp_url
from app.db.session import unit_of_work
from app.services import outbox
from app.services.mail_attempt import deliver_next

# Mail waits until a test sends it.
unsent = pytest.mark.environment(
    ENVIRONMENT="production", SMTP_URL="", REQUIRE_VERIFIED_EMAIL="false", HIDE_ACCOUNTS="false"
)


async def queue(api: FastAPI, *recipients: str) -> None:
    async with unit_of_work(api.state.sessions) as session:
        for recipient in recipients:
            await outbox.queue(session, MailKind.USERNAME_TAKEN, recipient)


async def deliver(api: FastAPI, port: int) -> bool:
    settings: Settings = api.state.settings
    mailer = SmtpMailer(read_smtp_url(f"smtp://127.0.0.1:{port}"))
    return await deliver_next(api.state.sessions, settings, mailer)


async def deliver_all(api: FastAPI) -> None:
    settings: Settings = api.state.settings
    while await deliver_next(api.state.sessions, settings, FolderMailer(settings.outbox_dir)):
        pass
