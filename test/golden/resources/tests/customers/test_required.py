"""Fields of a customer that have to be there."""

import pytest

from tests.customers.rows import PATH, new_customer
from tests.support.people import Person

ANY = {"If-Match": "*"}
MANDATORY = ["name"]


@pytest.mark.parametrize("name", MANDATORY)
async def test_a_field_without_default_cannot_be_left_out(alice: Person, name: str) -> None:
    body = await new_customer(alice)
    del body[name]

    response = await alice.client.post(PATH, json=body)

    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"] == ["body", name]
