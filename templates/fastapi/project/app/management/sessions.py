"""``sessions purge``: forget what no request can use any more. Run it daily."""

import argparse
import sys

from app.config import Settings
from app.db.session import unit_of_work
from app.management.command import Commands, database
from app.services import cleanup


def add_commands(commands: Commands) -> None:
    group = commands.add_parser("sessions", help="manage sign-ins")
    actions = group.add_subparsers(required=True, metavar="action")
    command = actions.add_parser("purge", help="delete dead sessions, tokens and old counters")
    command.set_defaults(run=purge)


async def purge(settings: Settings, _: argparse.Namespace) -> int:
    async with database(settings) as sessions, unit_of_work(sessions) as session:
        purged = await cleanup.purge(session, settings)
    sys.stdout.write(
        f"Deleted {purged.sessions} sessions, {purged.tokens} refresh tokens,"
        f" {purged.counters} counters of failed sign-ins"
        f" and {purged.answers} answers kept for repeated requests.\n"
    )
    return 0
