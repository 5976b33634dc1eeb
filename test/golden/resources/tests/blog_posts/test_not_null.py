"""Fields of a blog post that are never null."""

import pytest

from tests.blog_posts.rows import PATH, create_blog_post, new_blog_post
from tests.support.people import Person

ANY = {"If-Match": "*"}
REQUIRED = ["title", "body"]


@pytest.mark.parametrize("name", REQUIRED)
async def test_null_is_no_value(alice: Person, name: str) -> None:
    """INPUT-10: neither in a new row nor in a change."""
    row = await create_blog_post(alice)

    created = await alice.client.post(PATH, json=await new_blog_post(alice) | {name: None})
    changed = await alice.client.patch(f"{PATH}/{row['id']}", json={name: None}, headers=ANY)

    assert created.status_code == changed.status_code == 422
    # Said of the field: the database, which would refuse it too, does not tell which.
    assert changed.json()["errors"][0]["msg"] == f"{name} cannot be null"
    assert (await alice.client.get(f"{PATH}/{row['id']}")).json() == row
