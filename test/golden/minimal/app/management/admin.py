"""``create-admin``: the only way to the first administrator. No password is built in."""

import argparse
import sys
from getpass import getpass

from app.config import Settings
from app.core.errors import InvalidRequest
from app.core.security import PasswordHasher
from app.management.command import Commands, database
from app.schemas.user import UserCreate
from app.services import registration


class PasswordsDiffer(InvalidRequest):
    detail = "The two passwords differ."


def add_commands(commands: Commands) -> None:
    command = commands.add_parser(
        "create-admin",
        help="create an administrator; the password is read from a prompt or from stdin",
    )
    command.add_argument("--email", required=True)
    command.add_argument("--username", required=True)
    command.set_defaults(run=create_admin)


async def create_admin(settings: Settings, options: argparse.Namespace) -> int:
    # Never an argument: the process list and the shell's history would keep it.
    password = read_password()
    data = UserCreate(email=options.email, username=options.username, password=password)
    hasher = PasswordHasher(settings)
    async with database(settings) as sessions:
        user = await registration.create_admin(sessions, hasher, settings, data)
    hasher.close()
    sys.stdout.write(f"Created the administrator {user.username} ({user.email}).\n")
    return 0


def read_password() -> str:
    """Ask twice at a terminal; elsewhere take the first line of stdin as it is."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("Again: ") != password:
        raise PasswordsDiffer
    return password
