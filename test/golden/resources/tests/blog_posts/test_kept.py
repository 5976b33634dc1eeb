"""The ends of what the fields of a blog post may hold."""

from typing import Any

import pytest

from tests.blog_posts.rows import PATH, create_blog_post
from tests.support.people import Person

# The longest, the smallest and the largest that there may be.
KEPT: dict[str, list[Any]] = {
    "title": ["x" * 100, "\U0001f600" * 100],
    "published": ["2026-01-31T12:00:00.123456Z"],
}


@pytest.mark.parametrize("name", KEPT)
async def test_a_value_at_the_end_of_its_range_is_kept(alice: Person, name: str) -> None:
    """INPUT-05: what is accepted is stored, whole, and shown as it was."""
    for value in KEPT[name]:
        row = await create_blog_post(alice, **{name: value})

        read = await alice.client.get(f"{PATH}/{row['id']}")
        assert read.json()[name] == value
