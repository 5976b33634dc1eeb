"""Fields of an invoice that may be missing."""

from typing import Any

from tests.invoices.rows import PATH, new_invoice
from tests.support.people import Person

DEFAULTS: dict[str, Any] = {"total": "0.00", "status": "draft", "due": None}


async def test_what_is_left_out_has_its_default(alice: Person) -> None:
    body = await new_invoice(alice)
    sent = {name: value for name, value in body.items() if name not in DEFAULTS}

    response = await alice.client.post(PATH, json=sent)

    assert response.status_code == 201
    assert {name: response.json()[name] for name in DEFAULTS} == DEFAULTS
