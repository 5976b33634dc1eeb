"""Values of invoices that everybody has once."""

import pytest

from tests.invoices.rows import create_invoice
from tests.support.people import Person

UNIQUE = ["number"]


@pytest.mark.parametrize("name", UNIQUE)
async def test_somebody_else_may_have_the_same_value(alice: Person, bob: Person, name: str) -> None:
    """AUTHZ-03: what one person has tells another nothing."""
    hers = await create_invoice(alice)

    his = await create_invoice(bob, **{name: hers[name]})

    assert his[name] == hers[name]
