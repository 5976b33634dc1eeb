"""``check``: would the application start? Reads the settings and opens no connection."""

import argparse
import sys

from app.config import Settings
from app.core.production import security_advice
from app.management.command import Commands


def add_commands(commands: Commands) -> None:
    command = commands.add_parser(
        "check", help="check the settings as at start; exit code 78 with every reason"
    )
    command.set_defaults(run=check)


async def check(settings: Settings, _: argparse.Namespace) -> int:
    # The refusal, if any, came with reading them: see app.config.settings_or_exit.
    for advice in security_advice(settings):
        sys.stderr.write(f"Warning: {advice}.\n")
    sys.stdout.write(f"The settings are fit for {settings.environment.value}.\n")
    return 0
