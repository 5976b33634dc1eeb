"""``keys rotate``: encrypts everything anew with the first of ENCRYPTION_KEYS, while it runs.

Several processes learn of a new key one after the other, so it comes in two steps: last in the
list, which only reads it; when all have it, first. Then rotate, then take the old one away.
"""

import argparse
import sys

from app.config import Settings
from app.management.command import Commands, database
from app.services import key_rotation

EXIT_REFUSED = 1


def add_commands(commands: Commands) -> None:
    group = commands.add_parser("keys", help="look after the keys of encrypted fields")
    actions = group.add_subparsers(required=True, metavar="action")
    command = actions.add_parser(
        "rotate", help="encrypt everything with the first key; earlier ones may go afterwards"
    )
    command.set_defaults(run=rotate)


async def rotate(settings: Settings, _: argparse.Namespace) -> int:
    if not settings.encryption_keys:
        sys.stderr.write("ENCRYPTION_KEYS is not set.\n")
        return EXIT_REFUSED
    async with database(settings) as sessions:
        rotation = await key_rotation.rotate(sessions)
    sys.stdout.write(f"Encrypted {rotation.values} values anew.\n")
    for place in rotation.unreadable:
        sys.stderr.write(f"{place} could not be decrypted; keep the earlier keys.\n")
    return EXIT_REFUSED if rotation.unreadable else 0
