"""Customers come, change and go, and no change is lost."""

import asyncio

from httpx import Response

from tests.customers.rows import PATH, create_customer, new_customer
from tests.support.people import Person

ANY = {"If-Match": "*"}


async def test_a_row_comes_changes_and_goes(alice: Person) -> None:
    """DATA-06: each answer is stored before it is given."""
    body = await new_customer(alice)
    created = await alice.client.post(PATH, json=body)
    path = f"{PATH}/{created.json()['id']}"

    assert created.status_code == 201
    assert created.headers["Location"] == f"/api/v1{path}"
    read = await alice.client.get(path)
    assert read.json() == created.json()
    assert read.headers["ETag"] == created.headers["ETag"]

    changed = await alice.client.patch(path, json=await new_customer(alice), headers=ANY)
    assert changed.status_code == 200
    read = await alice.client.get(path)
    assert read.json() == changed.json() != created.json()
    assert read.headers["ETag"] == changed.headers["ETag"] != created.headers["ETag"]

    assert (await alice.client.delete(path, headers=ANY)).status_code == 204
    assert (await alice.client.get(path)).status_code == 404
    assert (await alice.client.delete(path, headers=ANY)).status_code == 404


async def test_a_change_without_fields_changes_nothing(alice: Person) -> None:
    row = await create_customer(alice)

    response = await alice.client.patch(f"{PATH}/{row['id']}", json={}, headers=ANY)

    assert response.json() == row


async def test_a_change_of_what_has_changed_is_refused(alice: Person) -> None:
    """DATA-07: nobody overwrites what they have not seen."""
    row = await create_customer(alice)
    path = f"{PATH}/{row['id']}"
    seen = {"If-Match": (await alice.client.get(path)).headers["ETag"]}

    first = await alice.client.patch(path, json=await new_customer(alice), headers=seen)
    second = await alice.client.patch(path, json=await new_customer(alice), headers=seen)
    deletion = await alice.client.delete(path, headers=seen)

    assert first.status_code == 200
    assert second.status_code == deletion.status_code == 412
    assert (await alice.client.get(path)).json() == first.json()
    now = {"If-Match": first.headers["ETag"]}
    assert (await alice.client.delete(path, headers=now)).status_code == 204


async def test_of_parallel_changes_one_wins(alice: Person) -> None:
    """DATA-07: the comparison and the change are one step."""
    row = await create_customer(alice)
    path = f"{PATH}/{row['id']}"
    seen = {"If-Match": (await alice.client.get(path)).headers["ETag"]}
    body = await new_customer(alice)

    async def change() -> Response:
        return await alice.client.patch(path, json=body, headers=seen)

    # Each finds an open connection: making one would let the first be done before the second.
    await asyncio.gather(*(alice.client.get(path) for _ in range(4)))
    answers = await asyncio.gather(*(change() for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
