"""The rotation of keys, while the application runs."""

import base64
import secrets
from pathlib import Path

from tests.support.commands import run_command
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.support.phones import set_phone, store, stored

TIMES = "SELECT updated_at FROM users ORDER BY id"


async def test_keys_are_rotated_while_the_application_runs(
    alice: Person,
    bob: Person,
    database: Inspector,
    program: Path,
    environment: dict[str, str],
) -> None:
    """CONF-06: everything is encrypted anew; what cannot be read is named and left."""
    await set_phone(alice)
    await set_phone(bob)
    await store(database, bob, await stored(database, alice))
    unread, before = await stored(database, bob), await database.rows(TIMES)
    new = f"next:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    both = {"ENCRYPTION_KEYS": f"{new},{environment['ENCRYPTION_KEYS']}"}

    rotated = await run_command(program, environment | both, "keys", "rotate")
    again = await run_command(program, environment | both, "keys", "rotate")

    assert "Encrypted 1 values" in rotated.stdout, rotated.stderr
    assert "Encrypted 0 values" in again.stdout
    assert rotated.returncode == 1
    assert f"users.phone.{bob.id}" in rotated.stderr
    assert (await stored(database, alice)).startswith("v1.next.")
    assert await stored(database, bob) == unread
    assert await database.rows(TIMES) == before
    events = "SELECT outcome FROM audit_events WHERE event = 'keys_rotated'"
    assert await database.scalar(events) == "failure"
