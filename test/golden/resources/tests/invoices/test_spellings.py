"""Values of invoices that look alike are one value."""

import pytest

from tests.invoices.rows import PATH, create_invoice, new_invoice
from tests.support.people import Person

SPELT = ["number"]


@pytest.mark.parametrize("name", SPELT)
async def test_an_accent_makes_no_other_value(alice: Person, name: str) -> None:
    """With its letter or after it: it is stored and found in one form."""
    row = await create_invoice(alice, **{name: "e\u0301"})
    assert row[name] == "\u00e9"

    for spelling in ("\u00e9", "e\u0301"):
        again = await new_invoice(alice) | {name: spelling}
        assert (await alice.client.post(PATH, json=again)).status_code == 409
        found = await alice.client.get(PATH, params={name: spelling})
        assert found.json()["items"] == [row]
