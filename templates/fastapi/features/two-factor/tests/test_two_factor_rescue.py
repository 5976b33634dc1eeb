"""What an operator does for those who have lost the app and the recovery codes."""

from pathlib import Path

import pytest

from tests.support.commands import run_command
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, log_in
from tests.support.second_factor import log_in_with, turn_on


async def test_an_operator_turns_it_off(
    alice: Person,
    browser: Browser,
    database: Inspector,
    program: Path,
    environment: dict[str, str],
) -> None:
    """TFA-10: every sign-in ends, and the audit log knows."""
    await turn_on(alice)

    result = await run_command(program, environment, "two-factor", "reset", "Alice@Example.com")
    again = await run_command(program, environment, "two-factor", "reset", "alice")

    assert result.returncode == 0, result.stderr
    assert (again.returncode, "no second factor" in again.stderr) == (1, True)
    assert (await alice.client.get("/users/me")).status_code == 401
    assert (await log_in(browser(), "alice")).status_code == 200
    assert await database.count("recovery_codes") + await database.count("two_factors") == 0
    query = "SELECT actor_id, target, details FROM audit_events WHERE event = 'two_factor_disabled'"
    (row,) = await database.rows(query)
    assert (row.actor_id, row.target) == (None, str(alice.id))
    assert "operator" in str(row.details)


async def test_an_operator_lets_somebody_try_again(
    alice: Person,
    browser: Browser,
    database: Inspector,
    program: Path,
    environment: dict[str, str],
) -> None:
    """TFA-10, RATE-08."""
    app = await turn_on(alice)
    await log_in_with(browser(), app.wrong_code())
    await database.execute("UPDATE login_throttles SET failures = 100")

    for command in (("unlock", "alice"), ("two-factor", "unlock", "alice")):
        assert (await run_command(program, environment, *command)).returncode == 0

    assert (await log_in_with(browser(), app.code(1))).status_code == 200


@pytest.mark.parametrize("action", ["reset", "unlock"])
async def test_an_operator_is_told_of_a_name_that_nobody_has(
    program: Path, environment: dict[str, str], action: str
) -> None:
    result = await run_command(program, environment, "two-factor", action, "nobody")

    assert result.returncode == 1
    assert "no such user" in result.stderr
    assert "Traceback" not in result.stderr
