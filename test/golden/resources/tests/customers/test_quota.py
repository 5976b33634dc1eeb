"""How many customers one person may have."""

import asyncio

import pytest

from tests.customers.rows import PATH, new_customer
from tests.support.inspector import Inspector
from tests.support.people import Person


@pytest.mark.environment(MAX_ROWS_PER_USER="2")
async def test_there_is_room_for_so_many_rows(alice: Person, database: Inspector) -> None:
    """RATE-09: a parallel request takes no place twice."""
    bodies = [await new_customer(alice) for _ in range(2)]
    await alice.client.post(PATH, json=bodies[0])

    answers = await asyncio.gather(*(alice.client.post(PATH, json=bodies[1]) for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [201, 403]
    refused = next(answer for answer in answers if answer.status_code == 403)
    assert refused.json()["code"] == "quota_exceeded"
    assert await database.count("customers") == 2
