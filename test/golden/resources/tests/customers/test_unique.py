"""Values of customers that there are once."""

import pytest

from tests.customers.rows import PATH, create_customer, new_customer
from tests.support.people import Person

ANY = {"If-Match": "*"}
UNIQUE = ["email"]


@pytest.mark.parametrize("name", UNIQUE)
async def test_a_value_that_is_taken_is_refused_by_name(alice: Person, name: str) -> None:
    """AUTHZ-03: 409 with the field, for a new row and for a change; nothing is stored."""
    first = await create_customer(alice)
    second = await create_customer(alice)
    taken = {name: first[name]}

    created = await alice.client.post(PATH, json=await new_customer(alice) | taken)
    changed = await alice.client.patch(f"{PATH}/{second['id']}", json=taken, headers=ANY)

    assert created.status_code == changed.status_code == 409
    assert created.json()["code"] == changed.json()["code"] == "field_taken"
    assert created.json()["errors"][0]["loc"] == ["body", name]
    assert (await alice.client.get(PATH)).json()["items"] == [second, first]
