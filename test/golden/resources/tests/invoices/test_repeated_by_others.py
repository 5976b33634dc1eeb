"""Invoices that two people send under one key."""

from tests.invoices.rows import PATH, new_invoice
from tests.support.people import Person


async def test_a_key_means_something_else_to_everybody(alice: Person, bob: Person) -> None:
    """AUTHZ-03: nobody is answered with what somebody else has sent."""
    key = {"Idempotency-Key": "key-1"}
    body = await new_invoice(alice)
    hers = await alice.client.post(PATH, json=body, headers=key)

    his = await bob.client.post(PATH, json=await new_invoice(bob), headers=key)

    assert hers.status_code == his.status_code == 201
    assert his.json()["id"] != hers.json()["id"]
    again = await alice.client.post(PATH, json=body, headers=key)
    assert again.json() == hers.json()
