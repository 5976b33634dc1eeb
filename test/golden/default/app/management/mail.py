"""``mail``: what waits to be sent, and sending it now."""

import argparse
import sys

from app.config import Settings
from app.core.mailer import create_mailer
from app.crud import outgoing_mail as crud
from app.db.session import unit_of_work
from app.management.command import Commands, database
from app.services.mail_attempt import FIRST_RETRY, deliver_next
from app.utils.helpers import utc_now

EXIT_WAITING = 1


def add_commands(commands: Commands) -> None:
    group = commands.add_parser("mail", help="look after outgoing mail")
    actions = group.add_subparsers(required=True, metavar="action")
    actions.add_parser("status", help="say how many mails wait").set_defaults(run=status)
    command = actions.add_parser(
        "send", help="try every waiting mail now; the running application does it by itself"
    )
    command.set_defaults(run=send)


async def status(settings: Settings, _: argparse.Namespace) -> int:
    async with database(settings) as sessions, unit_of_work(sessions) as session:
        waiting, failing, oldest = await crud.tally(session)
    if create_mailer(settings) is None:
        sys.stderr.write("SMTP_URL is not set: mail waits until it is.\n")
    since = f", the oldest since {oldest:%Y-%m-%d %H:%M} UTC" if oldest else ""
    sys.stdout.write(f"{waiting} mails wait, {failing} of them after a failure{since}.\n")
    return 0


async def send(settings: Settings, _: argparse.Namespace) -> int:
    mailer = create_mailer(settings)
    if mailer is None:
        sys.stderr.write("SMTP_URL is not set.\n")
        return EXIT_WAITING
    async with database(settings) as sessions:
        async with unit_of_work(sessions) as session:
            await crud.make_due(session, utc_now(), idle_since=utc_now() - FIRST_RETRY)
        while await deliver_next(sessions, settings, mailer):
            pass
        async with unit_of_work(sessions) as session:
            waiting, _failing, _oldest = await crud.tally(session)
    sys.stdout.write(f"{waiting} mails wait.\n")
    return EXIT_WAITING if waiting else 0
