"""Fields of a blog post that have to be there."""

import pytest

from tests.blog_posts.rows import PATH, new_blog_post
from tests.support.people import Person

ANY = {"If-Match": "*"}
MANDATORY = ["title", "body"]


@pytest.mark.parametrize("name", MANDATORY)
async def test_a_field_without_default_cannot_be_left_out(alice: Person, name: str) -> None:
    body = await new_blog_post(alice)
    del body[name]

    response = await alice.client.post(PATH, json=body)

    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"] == ["body", name]
