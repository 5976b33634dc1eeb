"""Management from the command line."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from httpx import AsyncClient

from app.models import Session
from tests.support.ageing import age_throttles, shift
from tests.support.commands import run_command
from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, Person, log_in, register, sign_in
from tests.support.sign_ins import fail

Cli = Callable[..., Awaitable[CompletedProcess[str]]]


@pytest.fixture
def cli(program: Path, environment: dict[str, str]) -> Cli:
    async def run(*arguments: str, stdin: str = "", **changes: str) -> CompletedProcess[str]:
        return await run_command(program, environment | changes, *arguments, stdin=stdin)

    return run


CREATE = ("create-admin", "--email", "Root@Example.com", "--username", "root-user")


async def test_the_first_administrator_comes_from_the_command_line(
    cli: Cli, client: AsyncClient
) -> None:
    """AUTH-20: the password is read from stdin and shown nowhere."""
    result = await cli(*CREATE, stdin=f"{PASSWORD}\n")

    assert result.returncode == 0, result.stderr
    assert PASSWORD not in result.stdout + result.stderr
    await sign_in(client, "root@example.com")
    assert (await client.get("/users/me")).json()["role"] == "admin"


@pytest.mark.parametrize(
    ("arguments", "password", "sentence"),
    [
        pytest.param(CREATE, "short secret", "too short", id="weak password"),
        pytest.param(CREATE, "", "password:", id="no password"),
        pytest.param((*CREATE[:2], "Bob <b@x.io>", *CREATE[3:]), PASSWORD, "email:", id="address"),
        pytest.param((*CREATE[:4], "root user"), PASSWORD, "username:", id="name"),
    ],
)
async def test_an_administrator_keeps_the_rules(
    cli: Cli, database: Inspector, arguments: tuple[str, ...], password: str, sentence: str
) -> None:
    result = await cli(*arguments, stdin=f"{password}\n")

    assert result.returncode == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
    assert not password or password not in result.stdout + result.stderr
    assert await database.count("users") == 0


async def test_an_account_is_not_made_twice(cli: Cli, database: Inspector) -> None:
    await cli(*CREATE, stdin=f"{PASSWORD}\n")

    result = await cli(*CREATE, stdin=f"{PASSWORD}\n")

    assert result.returncode == 1
    assert "belongs to an account" in result.stderr
    assert await database.count("users") == 1


async def test_a_missing_schema_is_explained(cli: Cli, tmp_path: Path) -> None:
    result = await cli(
        *CREATE, stdin=f"{PASSWORD}\n", DATABASE_URL=f"sqlite:///{tmp_path}/empty.db"
    )

    assert result.returncode == 1
    assert "alembic upgrade head" in result.stderr
    assert "Traceback" not in result.stderr


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
