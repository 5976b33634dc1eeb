"""Invoices for the tests: bodies, and rows that are stored."""

from itertools import count
from typing import Any

from tests.customers.rows import create_customer
from tests.support.people import Person
from tests.support.values import day_of, decimal_of, text_of

PATH = "/invoices"
# Every body differs from the others, wherever it has to.
numbers = count(1)


async def new_invoice(person: Person) -> dict[str, Any]:
    """Return a body with every field; each call makes another one."""
    number = next(numbers)
    return {
        "number": text_of(number, 20),
        "total": decimal_of(number, 10, 2),
        "status": ("draft", "sent", "paid")[number % 3],
        "due": day_of(number),
        "customer_id": (await create_customer(person))["id"],
    }


async def create_invoice(person: Person, **changes: Any) -> dict[str, Any]:
    body = await new_invoice(person) | changes
    response = await person.client.post(PATH, json=body)
    assert response.status_code == 201, response.text
    created: dict[str, Any] = response.json()
    return created
