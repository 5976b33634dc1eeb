"""Customers for the tests: bodies, and rows that are stored."""

from itertools import count
from typing import Any

from tests.support.people import Person
from tests.support.values import text_of

PATH = "/customers"
# Every body differs from the others, wherever it has to.
numbers = count(1)


async def new_customer(_: Person) -> dict[str, Any]:
    """Return a body with every field; each call makes another one."""
    number = next(numbers)
    return {
        "name": text_of(number, 100),
        "email": f"person{number}@example.com",
        "notes": f"secret {number}",
    }


async def create_customer(person: Person, **changes: Any) -> dict[str, Any]:
    body = await new_customer(person) | changes
    response = await person.client.post(PATH, json=body)
    assert response.status_code == 201, response.text
    created: dict[str, Any] = response.json()
    return created
