"""A value that does not open: its owner is told, and nobody else is kept from working."""

import pytest

from tests.support.inspector import Inspector
from tests.support.people import Person

PHONE = "+4915112345678"
TARGETS = "SELECT target FROM audit_events WHERE event = 'decryption_failed'"
EXPORTED = "SELECT count(*) FROM audit_events WHERE event = 'data_exported'"


@pytest.fixture
async def damaged(alice: Person, database: Inspector) -> Person:
    """Alice, whose number was overwritten by somebody who has the database."""
    change = "UPDATE users SET phone = 'v1.test.overwritten' WHERE username = :username"
    await database.execute(change, username=alice.username)
    return alice


async def places(database: Inspector) -> list[str]:
    return [row.target for row in await database.rows(TARGETS)]


async def test_an_export_that_cannot_be_whole_is_not_begun(
    damaged: Person, database: Inspector
) -> None:
    """DATA-01, ERR-01: a problem, and not a document that breaks off."""
    response = await damaged.client.get("/users/me/export")

    assert (response.status_code, response.json()["code"]) == (500, "internal_error")
    assert await places(database) == [f"users.phone.{damaged.id}"]
    assert await database.scalar(EXPORTED) == 0


async def test_one_damaged_number_hides_no_other_account(
    admin: Person, damaged: Person, bob: Person, database: Inspector
) -> None:
    """DATA-01: administrators see none there, and one row says why, however often they look."""
    await bob.client.patch("/users/me", json={"phone": PHONE})

    lists = [await admin.client.get("/users") for _ in range(2)]
    one = await admin.client.get(f"/users/{damaged.id}")

    assert [answer.status_code for answer in lists] == [200, 200]
    shown = {user["username"]: user["phone"] for user in lists[0].json()["items"]}
    assert (shown["alice"], shown["bob"]) == (None, "+49***678")
    assert (one.status_code, one.json()["phone"]) == (200, None)
    assert await places(database) == [f"users.phone.{damaged.id}"]


async def test_a_damaged_account_can_be_deactivated(
    admin: Person, damaged: Person, database: Inspector
) -> None:
    """DATA-01, SESS-06: whoever damages a number does not keep the account open by it."""
    changed = await admin.client.patch(f"/users/{damaged.id}", json={"is_active": False})

    assert changed.status_code == 200
    assert (changed.json()["is_active"], changed.json()["phone"]) == (False, None)
    assert (await damaged.client.get("/users/me")).status_code == 401
    assert await places(database) == [f"users.phone.{damaged.id}"]


async def test_the_owner_is_not_shown_an_empty_number(damaged: Person, database: Inspector) -> None:
    """DATA-01: to them it would be a loss that nobody noticed."""
    assert (await damaged.client.get("/users/me")).status_code == 500
    assert await places(database) == [f"users.phone.{damaged.id}"]
