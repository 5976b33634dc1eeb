"""Values of invoices that there are once."""

import pytest

from tests.invoices.rows import PATH, create_invoice, new_invoice
from tests.support.people import Person

ANY = {"If-Match": "*"}
UNIQUE = ["number"]


@pytest.mark.parametrize("name", UNIQUE)
async def test_a_value_that_is_taken_is_refused_by_name(alice: Person, name: str) -> None:
    """AUTHZ-03: 409 with the field, for a new row and for a change; nothing is stored."""
    first = await create_invoice(alice)
    second = await create_invoice(alice)
    taken = {name: first[name]}

    created = await alice.client.post(PATH, json=await new_invoice(alice) | taken)
    changed = await alice.client.patch(f"{PATH}/{second['id']}", json=taken, headers=ANY)

    assert created.status_code == changed.status_code == 409
    assert created.json()["code"] == changed.json()["code"] == "field_taken"
    assert created.json()["errors"][0]["loc"] == ["body", name]
    assert (await alice.client.get(PATH)).json()["items"] == [second, first]
