"""The first administrator comes from the command line."""

from pathlib import Path

import pytest
from httpx import AsyncClient

from tests.support.commands import Cli, command_line
from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, sign_in

CREATE = ("create-admin", "--email", "Root@Example.com", "--username", "root-user")


@pytest.fixture
def cli(program: Path, environment: dict[str, str]) -> Cli:
    return command_line(program, environment)


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
