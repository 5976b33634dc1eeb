"""Values of customers that everybody has once."""

import pytest

from tests.customers.rows import create_customer
from tests.support.people import Person

UNIQUE = ["email"]


@pytest.mark.parametrize("name", UNIQUE)
async def test_somebody_else_may_have_the_same_value(alice: Person, bob: Person, name: str) -> None:
    """AUTHZ-03: what one person has tells another nothing."""
    hers = await create_customer(alice)

    his = await create_customer(bob, **{name: hers[name]})

    assert his[name] == hers[name]
