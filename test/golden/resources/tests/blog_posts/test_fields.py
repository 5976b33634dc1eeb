"""What the fields of a blog post hold, and what they refuse."""

from typing import Any

import pytest

from tests.blog_posts.rows import PATH, create_blog_post, new_blog_post
from tests.support.people import Person

ANY = {"If-Match": "*"}
# Of another type, too long, out of range, or nothing that a database can store.
REFUSED: dict[str, list[Any]] = {
    "title": ["", "x" * 101, 1, True, [], {}, "a\0b"],
    "body": ["x" * 20001, 1, []],
    "published": ["2026-01-31T12:00:00", "2026-01-31", 1e20, True, "x"],
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_value_that_does_not_fit_is_refused(alice: Person, name: str) -> None:
    """INPUT-01, INPUT-05, INPUT-10: named by its field, and never a crash."""
    row = await create_blog_post(alice)
    body = await new_blog_post(alice)

    for value in REFUSED[name]:
        created = await alice.client.post(PATH, json=body | {name: value})
        changed = await alice.client.patch(f"{PATH}/{row['id']}", json={name: value}, headers=ANY)

        assert created.status_code == changed.status_code == 422, value
        assert created.json()["errors"][0]["loc"][:2] == ["body", name]
    assert (await alice.client.get(f"{PATH}/{row['id']}")).json() == row
