"""Management from the command line: settings, sessions and locked accounts."""

from datetime import timedelta
from pathlib import Path

import pytest
from httpx import AsyncClient

from app.models import Session
from tests.support.ageing import age_throttles, shift
from tests.support.commands import Cli, command_line
from tests.support.inspector import Inspector
from tests.support.people import Person, log_in, register
from tests.support.sign_ins import fail


@pytest.fixture
def cli(program: Path, environment: dict[str, str]) -> Cli:
    return command_line(program, environment)


async def test_sound_settings_are_told(cli: Cli) -> None:
    result = await cli("check")

    assert result.returncode == 0
    assert "fit for test" in result.stdout


@pytest.mark.parametrize("arguments", [(), ("sessions",), ("unknown",), ("create-admin",)])
async def test_wrong_usage_is_explained(cli: Cli, arguments: tuple[str, ...]) -> None:
    result = await cli(*arguments)

    assert result.returncode == 2
    assert "usage: python -m app.cli" in result.stderr


async def test_a_purge_deletes_what_is_dead_and_nothing_else(
    cli: Cli, alice: Person, bob: Person, client: AsyncClient, database: Inspector
) -> None:
    await alice.client.post("/auth/logout")
    await fail(client, "nobody", 1)

    first = await cli("sessions", "purge")
    await age_throttles(database, timedelta(days=366))
    second = await cli("sessions", "purge")

    assert "Deleted 1 sessions, 0 refresh tokens, 0 counters" in first.stdout
    assert "Deleted 0 sessions, 0 refresh tokens, 1 counters" in second.stdout
    assert (await bob.client.get("/users/me")).status_code == 200
    assert await database.count("refresh_tokens") == 1

    await shift(database, Session, ("last_used_at",), timedelta(days=14))
    await cli("sessions", "purge")
    assert await database.count("sessions") == 0
    assert (await log_in(client, "bob")).status_code == 200


async def test_an_operator_lets_somebody_try_again(
    cli: Cli, client: AsyncClient, database: Inspector
) -> None:
    """RATE-08: without it a new browser stays out after a hundred guesses of a stranger."""
    await register(client, "alice")
    await fail(client, "Alice@example.com", 5)
    await database.execute("UPDATE login_throttles SET failures = 100")
    assert (await log_in(client, "alice@example.com")).status_code == 429

    result = await cli("unlock", "alice@EXAMPLE.com")

    assert result.returncode == 0, result.stderr
    assert (await log_in(client, "alice@example.com")).status_code == 200
