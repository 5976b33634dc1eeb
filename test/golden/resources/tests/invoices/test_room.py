"""Invoices that are deleted take no room from their owner."""

import pytest

from tests.invoices.rows import PATH, new_invoice
from tests.support.people import Person

ANY = {"If-Match": "*"}


@pytest.mark.environment(MAX_ROWS_PER_USER="1")
async def test_the_place_of_a_deleted_row_is_free_again(alice: Person) -> None:
    """RATE-09: what nobody sees any more does not keep its owner from writing, for ever."""
    body = await new_invoice(alice)
    first = await alice.client.post(PATH, json=body)
    assert (await alice.client.post(PATH, json=body)).status_code in (403, 409)
    await alice.client.delete(f"{PATH}/{first.json()['id']}", headers=ANY)

    assert (await alice.client.post(PATH, json=body)).status_code == 201
