"""What invoices refer to."""

from uuid import uuid4

import pytest

from tests.customers.rows import create_customer
from tests.invoices.rows import PATH, create_invoice, new_invoice
from tests.support.people import Person
from tests.support.values import Create

ANY = {"If-Match": "*"}
REFERENCES: dict[str, Create] = {"customer_id": create_customer}


@pytest.mark.parametrize(("name", "create"), REFERENCES.items())
async def test_somebody_elses_row_is_refused_like_no_row(
    alice: Person, bob: Person, name: str, create: Create
) -> None:
    """AUTHZ-08: in the same words, and nothing is stored."""
    row = await create_invoice(alice)
    theirs = (await create(bob))["id"]
    answers = []

    for row_id in (theirs, str(uuid4())):
        sent = {name: [row_id] if name.endswith("_ids") else row_id}
        created = await alice.client.post(PATH, json=await new_invoice(alice) | sent)
        changed = await alice.client.patch(f"{PATH}/{row['id']}", json=sent, headers=ANY)
        assert created.status_code == changed.status_code == 422
        assert created.json()["code"] == changed.json()["code"] == "invalid_reference"
        answers.append(created.json() | {"request_id": ""})

    assert answers[0] == answers[1]
    assert (await alice.client.get(f"{PATH}/{row['id']}")).json() == row
