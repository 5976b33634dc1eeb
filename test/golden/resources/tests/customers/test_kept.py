"""The ends of what the fields of a customer may hold."""

from typing import Any

import pytest

from tests.customers.rows import PATH, create_customer
from tests.support.people import Person

# The longest, the smallest and the largest that there may be.
KEPT: dict[str, list[Any]] = {
    "name": ["x" * 100, "\U0001f600" * 100],
}


@pytest.mark.parametrize("name", KEPT)
async def test_a_value_at_the_end_of_its_range_is_kept(alice: Person, name: str) -> None:
    """INPUT-05: what is accepted is stored, whole, and shown as it was."""
    for value in KEPT[name]:
        row = await create_customer(alice, **{name: value})

        read = await alice.client.get(f"{PATH}/{row['id']}")
        assert read.json()[name] == value
