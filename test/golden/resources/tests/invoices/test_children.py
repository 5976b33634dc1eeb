"""Invoices under the rows that they belong to."""

import pytest

from tests.invoices.rows import create_invoice
from tests.support.people import Person

PARENTS = {"customer_id": "/customers/{}/invoices"}


@pytest.mark.parametrize(("name", "path"), PARENTS.items())
async def test_a_parent_lists_its_own(alice: Person, name: str, path: str) -> None:
    """AUTHZ-03: what belongs to another parent is in another list."""
    row = await create_invoice(alice)
    await create_invoice(alice)

    response = await alice.client.get(path.format(row[name]))

    assert response.json() == {"items": [row], "next_cursor": None}
