"""Makes mails and the links in them older."""

from datetime import timedelta

from app.models import EmailToken, OutgoingMail
from tests.support.ageing import shift
from tests.support.inspector import Inspector


async def age_email_tokens(database: Inspector, by: timedelta) -> None:
    await shift(database, EmailToken, ("created_at", "expires_at"), by)


async def age_mail(database: Inspector, by: timedelta) -> None:
    await shift(database, OutgoingMail, ("created_at", "updated_at", "due_at"), by)
