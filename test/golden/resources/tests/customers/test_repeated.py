"""Customers that are sent twice are stored once."""

import asyncio

from httpx import Response

from tests.customers.rows import PATH, new_customer
from tests.support.inspector import Inspector
from tests.support.people import Person


async def test_a_repeated_request_happens_once(alice: Person, database: Inspector) -> None:
    """DATA-06: the same key and body, the same answer; also when both come at once."""
    body = await new_customer(alice)
    key = {"Idempotency-Key": "key-1"}

    async def create() -> Response:
        return await alice.client.post(PATH, json=body, headers=key)

    answers = [await create(), *await asyncio.gather(create(), create())]

    assert [answer.status_code for answer in answers] == [201] * 3
    assert [answer.json() for answer in answers] == [answers[0].json()] * 3
    assert {answer.headers["ETag"] for answer in answers} == {answers[0].headers["ETag"]}
    other = await alice.client.post(PATH, json=await new_customer(alice), headers=key)
    assert other.json()["code"] == "idempotency_key_reused"
    assert await database.count("customers") == 1
