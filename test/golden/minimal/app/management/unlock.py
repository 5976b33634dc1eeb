"""``unlock``: let somebody try again at once, whom a hundred wrong guesses have shut out."""

import argparse
import sys

from app.config import Settings
from app.core.identifiers import sign_in_name
from app.db.session import unit_of_work
from app.management.command import Commands, database
from app.services.login_throttle import forget_failures, of_name


def add_commands(commands: Commands) -> None:
    command = commands.add_parser(
        "unlock", help="forget the failed sign-ins under an e-mail address or user name"
    )
    command.add_argument("name")
    command.set_defaults(run=unlock)


async def unlock(settings: Settings, options: argparse.Namespace) -> int:
    name = sign_in_name(options.name)
    async with database(settings) as sessions, unit_of_work(sessions) as session:
        await forget_failures(session, (of_name(settings, name),))
    sys.stdout.write("No failed sign-ins are counted under this name any more.\n")
    return 0
