"""Management from the command line: ``python -m app.cli --help``."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from app.config import settings_or_exit
from app.core.errors import AppError
from app.core.logging import configure_logging
from app.management import admin, audit, check, files, keys, mail, sessions, unlock
from app.management.command import Commands, Run

EXIT_REFUSED = 1

# Each group adds its own commands.
GROUPS = (
    admin,
    audit,
    check,
    files,
    keys,
    mail,
    sessions,
    unlock,
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m app.cli", description="Manage this API.")
    commands: Commands = parser.add_subparsers(required=True, metavar="command")
    for group in GROUPS:
        group.add_commands(commands)
    options = parser.parse_args(arguments)
    settings = settings_or_exit()
    configure_logging(settings.log_level, settings.log_format, settings.secret_values())
    try:
        run: Run = options.run
        return asyncio.run(run(settings, options))
    except AppError as refusal:
        return _refused(refusal.public_detail)
    except SQLAlchemyError as error:
        return _refused(
            f"The database refuses ({type(error).__name__})."
            " Is it there, and migrated with: alembic upgrade head?"
        )
    except OSError as error:
        return _refused(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except ValidationError as error:
        # The message of an error, never its input: that may be the password.
        lines = [f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
        return _refused("\n".join(lines))


def _refused(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return EXIT_REFUSED


if __name__ == "__main__":
    sys.exit(main())
