"""What the fields of a customer hold, and what they refuse."""

from typing import Any

import pytest

from tests.customers.rows import PATH, create_customer, new_customer
from tests.support.people import Person

ANY = {"If-Match": "*"}
# Of another type, too long, out of range, or nothing that a database can store.
REFUSED: dict[str, list[Any]] = {
    "name": ["", "x" * 101, 1, True, [], {}, "a\0b"],
    "email": ["x", "a@b@c.example", "a@[127.0.0.1]", "Bob <a@example.com>", 1, "x" * 255],
    "notes": ["", "x" * 1001, 1, [], "a\0b"],
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_value_that_does_not_fit_is_refused(alice: Person, name: str) -> None:
    """INPUT-01, INPUT-05, INPUT-10: named by its field, and never a crash."""
    row = await create_customer(alice)
    body = await new_customer(alice)

    for value in REFUSED[name]:
        created = await alice.client.post(PATH, json=body | {name: value})
        changed = await alice.client.patch(f"{PATH}/{row['id']}", json={name: value}, headers=ANY)

        assert created.status_code == changed.status_code == 422, value
        assert created.json()["errors"][0]["loc"][:2] == ["body", name]
    assert (await alice.client.get(f"{PATH}/{row['id']}")).json() == row
