"""``files sweep``: removes uploads that a crash cut off. A server does so too, every hour."""

import argparse
import sys

from app.config import Settings
from app.management.command import Commands, database
from app.services import file_removal


def add_commands(commands: Commands) -> None:
    group = commands.add_parser("files", help="look after the uploaded files")
    actions = group.add_subparsers(required=True, metavar="action")
    command = actions.add_parser("sweep", help="delete stored content that belongs to no file")
    command.set_defaults(run=sweep)


async def sweep(settings: Settings, _: argparse.Namespace) -> int:
    async with database(settings) as sessions:
        swept = await file_removal.sweep(sessions, settings)
    sys.stdout.write(
        f"Deleted {swept.contents} stored files without a row"
        f" and {swept.folders} unfinished uploads.\n"
    )
    return 0
