"""The telephone number of somebody: set as they do, and read and written as it is stored."""

from typing import Any

from tests.support.inspector import Inspector
from tests.support.people import Person

PHONE = "+4915112345678"


async def set_phone(person: Person, phone: str | None = PHONE) -> None:
    response = await person.client.patch("/users/me", json={"phone": phone})
    assert (response.status_code, response.json()["phone"]) == (200, phone)


async def stored(database: Inspector, person: Person) -> Any:
    query = "SELECT phone FROM users WHERE username = :username"
    return await database.scalar(query, username=person.username)


async def store(database: Inspector, person: Person, sealed: str) -> None:
    change = "UPDATE users SET phone = :sealed WHERE username = :username"
    await database.execute(change, sealed=sealed, username=person.username)
