"""Rows that have gone, and that invoices can no longer refer to."""

import pytest

from tests.invoices.rows import PATH, new_invoice
from tests.support.people import Person

ANY = {"If-Match": "*"}
GONE = {"customer_id": "/customers"}


@pytest.mark.parametrize(("name", "path"), GONE.items())
async def test_a_row_that_has_gone_is_no_row_to_refer_to(
    alice: Person, name: str, path: str
) -> None:
    """AUTHZ-08: also where it is kept."""
    body = await new_invoice(alice)
    target = body[name][0] if name.endswith("_ids") else body[name]
    gone = await alice.client.delete(f"{path}/{target}", headers=ANY)

    response = await alice.client.post(PATH, json=body)

    assert gone.status_code == 204
    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"] == ["body", name]
