"""Rows that invoices cannot do without."""

import pytest

from tests.invoices.rows import PATH, create_invoice
from tests.support.people import Person

ANY = {"If-Match": "*"}
NEEDED = {"customer_id": "/customers"}


@pytest.mark.parametrize(("name", "path"), NEEDED.items())
async def test_a_row_that_is_needed_stays(alice: Person, name: str, path: str) -> None:
    """AUTHZ-08: deleting never cascades to what refers to it."""
    row = await create_invoice(alice)
    needed = f"{path}/{row[name]}"

    response = await alice.client.delete(needed, headers=ANY)

    assert response.status_code == 409
    assert response.json()["code"] == "still_referenced"
    assert (await alice.client.get(needed)).status_code == 200
    assert (await alice.client.delete(f"{PATH}/{row['id']}", headers=ANY)).status_code == 204
