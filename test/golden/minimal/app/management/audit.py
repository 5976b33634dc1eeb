"""``audit verify``: is the audit log as it was written? Exit code 1 names the first bad row."""

import argparse
import sys

from app.config import Settings
from app.db.engine import create_engine
from app.management.command import Commands
from app.services import audit_check

EXIT_BROKEN = 1
HOW_TO_VERIFY = (
    "Set SECRET_KEY_PREVIOUS to the key of that time, for this command alone, and it verifies.\n"
    "If there never was another key, the row was changed.\n"
)


def add_commands(commands: Commands) -> None:
    group = commands.add_parser("audit", help="look after the audit log")
    actions = group.add_subparsers(required=True, metavar="action")
    command = actions.add_parser("verify", help="find rows that were changed, added or taken away")
    command.add_argument(
        "--anchor",
        metavar="SEQ:MAC",
        type=read_anchor,
        action="append",
        default=[],
        help="the head at an earlier time, from the log stream (audit_anchor) or from this"
        " command: proves that the chain still goes on from there",
    )
    command.set_defaults(run=verify)


def read_anchor(text: str) -> tuple[int, str]:
    seq, _, mac = text.partition(":")
    return int(seq), mac


async def verify(settings: Settings, options: argparse.Namespace) -> int:
    engine = create_engine(settings)
    try:
        verdict = await audit_check.verify(engine, settings, dict(options.anchor))
    finally:
        await engine.dispose()
    if verdict.is_whole:
        sys.stdout.write(f"The audit log is whole: {verdict.seq} rows.\n")
        sys.stdout.write(f"Keep this anchor elsewhere: {verdict.anchor}\n")
        return 0
    if verdict.lacks_key:
        sys.stderr.write(f"The audit log is not verified: row {verdict.seq} {verdict.problem}.\n")
        sys.stderr.write(HOW_TO_VERIFY)
        return EXIT_BROKEN
    sys.stderr.write(f"The audit log is broken: row {verdict.seq} {verdict.problem}.\n")
    return EXIT_BROKEN
