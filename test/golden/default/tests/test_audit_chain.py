"""The audit log is what was written: whole under load, closed to changes, open to verification."""

import asyncio
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy.exc import DBAPIError

from app.config import Settings
from tests.support.audit import disarm, verify, write_rows
from tests.support.commands import run_command
from tests.support.inspector import Inspector


async def test_fifty_parallel_writers_make_one_chain(api: FastAPI, settings: Settings) -> None:
    """LOG-05: no fork, no gap, no error."""
    await asyncio.gather(*(write_rows(api, 1) for _ in range(50)))

    verdict = await verify(api, settings)
    assert (verdict.is_whole, verdict.seq) == (True, 50)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET event = 'logout_'",
        "DELETE FROM audit_events",
        pytest.param("TRUNCATE audit_events", id="TRUNCATE"),
        pytest.param(
            "INSERT OR REPLACE INTO audit_events SELECT * FROM audit_events", id="REPLACE"
        ),
    ],
)
async def test_the_database_refuses_to_change_a_row(
    api: FastAPI, settings: Settings, database: Inspector, statement: str
) -> None:
    """LOG-06: also for the owner of the table, and past the application."""
    await write_rows(api, 2)

    with pytest.raises(DBAPIError, match=r"append-only|syntax"):
        await database.execute(statement)

    assert (await verify(api, settings)).seq == 2


async def test_the_command_verifies(
    api: FastAPI, database: Inspector, program: Path, environment: dict[str, str]
) -> None:
    """LOG-04: exit code 1 and the row; 0 and an anchor to keep when all is well."""
    await write_rows(api, 3)
    whole = await run_command(program, environment, "audit", "verify")
    await disarm(database)
    await database.execute("UPDATE audit_events SET outcome = 'failure' WHERE seq = 2")

    broken = await run_command(program, environment, "audit", "verify")

    assert (whole.returncode, broken.returncode) == (0, 1), whole.stderr
    assert "3 rows" in whole.stdout
    assert "row 2 " in broken.stderr


async def test_rows_of_an_earlier_secret_still_verify(api: FastAPI, settings: Settings) -> None:
    """CONF-06: each MAC names its key, so that SECRET_KEY can be rotated."""
    await write_rows(api, 2)

    rotated = settings.model_copy(
        update={
            "secret_key": SecretStr("another secret of the same length, or nearly"),
            "secret_key_previous": (settings.secret_key,),
        }
    )

    assert (await verify(api, rotated)).is_whole


async def test_rows_of_a_key_that_was_dropped_are_not_called_changed(
    api: FastAPI, program: Path, environment: dict[str, str]
) -> None:
    """CONF-06: without their key they prove nothing, and what is missing is said."""
    await write_rows(api, 2)
    dropped = environment | {"SECRET_KEY": "another secret of the same length, or nearly"}
    kept = dropped | {"SECRET_KEY_PREVIOUS": environment["SECRET_KEY"]}

    without = await run_command(program, dropped, "audit", "verify")
    with_key = await run_command(program, kept, "audit", "verify")

    assert (without.returncode, with_key.returncode) == (1, 0), with_key.stderr
    unknown = "row 1 is signed with a key that is not in SECRET_KEY or SECRET_KEY_PREVIOUS"
    assert unknown in without.stderr
    assert "changed, moved" not in without.stderr


async def test_a_mac_that_names_no_key_is_a_changed_row(
    api: FastAPI, settings: Settings, database: Inspector
) -> None:
    """LOG-04: only what looks like one of our key ids may be a key that was dropped."""
    await write_rows(api, 2)
    await disarm(database)
    await database.execute("UPDATE audit_events SET mac = 'forged' WHERE seq = 2")

    verdict = await verify(api, settings)

    assert (verdict.seq, verdict.problem) == (2, "was changed, moved or inserted")
