"""The ends of what the fields of an invoice may hold."""

from typing import Any

import pytest

from tests.invoices.rows import PATH, create_invoice
from tests.support.people import Person

# The longest, the smallest and the largest that there may be.
KEPT: dict[str, list[Any]] = {
    "number": ["x" * 20, "\U0001f600" * 20],
    "total": ["99999999.99", "-99999999.99"],
    "status": ["draft", "sent", "paid"],
    "due": ["0001-01-01", "9999-12-31"],
}


@pytest.mark.parametrize("name", KEPT)
async def test_a_value_at_the_end_of_its_range_is_kept(alice: Person, name: str) -> None:
    """INPUT-05: what is accepted is stored, whole, and shown as it was."""
    for value in KEPT[name]:
        row = await create_invoice(alice, **{name: value})

        read = await alice.client.get(f"{PATH}/{row['id']}")
        assert read.json()[name] == value
