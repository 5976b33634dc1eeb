"""``two-factor``: help for somebody whose authenticator app is gone. Be sure who asks."""

import argparse
import sys

from app.config import Settings
from app.db.session import unit_of_work
from app.management.command import Commands, database
from app.services import two_factor_rescue as service


def add_commands(commands: Commands) -> None:
    group = commands.add_parser("two-factor", help="help somebody with their second factor")
    actions = group.add_subparsers(required=True, metavar="action")
    for run, text in (
        (reset, "turn it off, for somebody who lost the app and the recovery codes"),
        (unlock, "forget wrong codes, so that the right one counts again at once"),
    ):
        command = actions.add_parser(run.__name__, help=text)
        command.add_argument("user", help="e-mail address or user name")
        command.set_defaults(run=run)


async def reset(settings: Settings, options: argparse.Namespace) -> int:
    async with database(settings) as sessions, unit_of_work(sessions) as session:
        ended = await service.reset(session, settings, options.user)
    sys.stdout.write(
        f"The second factor of {options.user} is off, and {ended} of their sign-ins have ended."
        " The password alone signs in until they set up another.\n"
    )
    return 0


async def unlock(settings: Settings, options: argparse.Namespace) -> int:
    async with database(settings) as sessions, unit_of_work(sessions) as session:
        await service.unlock(session, settings, options.user)
    sys.stdout.write(f"No wrong codes of {options.user} are counted any more.\n")
    return 0
