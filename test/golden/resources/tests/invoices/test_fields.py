"""What the fields of an invoice hold, and what they refuse."""

from typing import Any

import pytest

from tests.invoices.rows import PATH, create_invoice, new_invoice
from tests.support.people import Person

ANY = {"If-Match": "*"}
# Of another type, too long, out of range, or nothing that a database can store.
REFUSED: dict[str, list[Any]] = {
    "number": ["", "x" * 21, 1, True, [], {}, "a\0b"],
    "total": ["100000000", "0.001", "1e3", "x", True, []],
    "status": ["", "no such value", 1, True, []],
    "due": ["2026-02-30", "2026-01-31T00:00:00", 0, True, "x"],
    "customer_id": ["x", 1, [], True],
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_value_that_does_not_fit_is_refused(alice: Person, name: str) -> None:
    """INPUT-01, INPUT-05, INPUT-10: named by its field, and never a crash."""
    row = await create_invoice(alice)
    body = await new_invoice(alice)

    for value in REFUSED[name]:
        created = await alice.client.post(PATH, json=body | {name: value})
        changed = await alice.client.patch(f"{PATH}/{row['id']}", json={name: value}, headers=ANY)

        assert created.status_code == changed.status_code == 422, value
        assert created.json()["errors"][0]["loc"][:2] == ["body", name]
    assert (await alice.client.get(f"{PATH}/{row['id']}")).json() == row
