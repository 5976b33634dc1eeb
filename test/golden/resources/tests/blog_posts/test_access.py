"""Who may do what with blog posts: their owner writes."""

from typing import Any
from uuid import uuid4

import pytest

from tests.blog_posts.rows import PATH, create_blog_post, new_blog_post
from tests.support.inspector import Inspector
from tests.support.people import Person

ANY = {"If-Match": "*"}


async def test_everybody_reads(alice: Person, bob: Person) -> None:
    row = await create_blog_post(alice)

    assert (await bob.client.get(f"{PATH}/{row['id']}")).json() == row
    assert (await bob.client.get(PATH)).json()["items"] == [row]


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_only_the_owner_writes(alice: Person, bob: Person, method: str) -> None:
    """AUTHZ-02, AUTHZ-04: to write, somebody else's row is as good as none."""
    row = await create_blog_post(alice)
    body: dict[str, Any] | None = {} if method == "PATCH" else None

    theirs = await bob.client.request(method, f"{PATH}/{row['id']}", json=body, headers=ANY)
    nobodys = await bob.client.request(method, f"{PATH}/{uuid4()}", json=body, headers=ANY)

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.json() | {"request_id": ""} == nobodys.json() | {"request_id": ""}
    assert (await alice.client.get(f"{PATH}/{row['id']}")).json() == row


@pytest.mark.parametrize(
    "name", ["id", "owner_id", "created_at", "updated_at", "deleted_at", "role"]
)
async def test_a_client_sets_no_more_than_the_fields(alice: Person, bob: Person, name: str) -> None:
    """AUTHZ-05: mass assignment is refused, on the way in and on every change."""
    row = await create_blog_post(alice)
    stolen: dict[str, Any] = {name: str(bob.id)}

    created = await alice.client.post(PATH, json=await new_blog_post(alice) | stolen)
    changed = await alice.client.patch(f"{PATH}/{row['id']}", json=stolen, headers=ANY)

    assert created.status_code == changed.status_code == 422
    assert created.json()["errors"][0]["loc"] == ["body", name]
    assert (await alice.client.get(PATH)).json()["items"] == [row]


async def test_rows_go_with_their_owner(alice: Person, database: Inspector) -> None:
    """DATA-05: nothing is left of somebody who has left."""
    await create_blog_post(alice)
    assert await database.count("blog_posts") == 1

    response = await alice.client.delete("/users/me")

    assert response.status_code == 204
    assert await database.count("blog_posts") == 0
