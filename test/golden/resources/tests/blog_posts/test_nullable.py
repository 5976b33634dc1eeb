"""Fields of a blog post that may be null."""

from typing import Any

from tests.blog_posts.rows import PATH, create_blog_post
from tests.support.people import Person

ANY = {"If-Match": "*"}
NULLS: dict[str, Any] = {"published": None}


async def test_null_takes_a_value_away(alice: Person) -> None:
    row = await create_blog_post(alice)

    response = await alice.client.patch(f"{PATH}/{row['id']}", json=NULLS, headers=ANY)

    assert response.status_code == 200
    assert {name: response.json()[name] for name in NULLS} == NULLS
