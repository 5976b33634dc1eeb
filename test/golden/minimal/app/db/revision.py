"""Which migration the database is at, and which one the code expects."""

import re
from functools import cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

MIGRATIONS = Path(__file__).parents[2] / "alembic" / "versions"
STORED = text("SELECT version_num FROM alembic_version")

DECLARED = re.compile(r"^(down_)?revision\b[^=]*=(.*)$", re.MULTILINE)
NAME = re.compile(r"""["']([^"']+)["']""")


@cache
def newest_revision() -> str:
    """Return the migration that no other one follows.

    Read from the files: to import Alembic, with its dialects and templates, would take a server
    as long as the rest of its start, and then stay in its memory.
    """
    made: set[str] = set()
    followed: set[str] = set()
    for path in MIGRATIONS.glob("*.py"):
        for is_down, names in DECLARED.findall(path.read_text(encoding="utf-8")):
            (followed if is_down else made).update(NAME.findall(names))
    heads = made - followed
    return heads.pop() if len(heads) == 1 else ""


async def revisions_of(connection: AsyncConnection) -> set[str]:
    return set(await connection.scalars(STORED))
