"""HTML in blog posts is harmless before it is stored."""

import pytest

from tests.blog_posts.rows import PATH, create_blog_post
from tests.support.inspector import Inspector
from tests.support.people import Person

ANY = {"If-Match": "*"}
HTML = ["body"]
EVIL = "<script>steal()</script><a href='javascript:steal()'>x</a><img src=x onerror=steal()>"


@pytest.mark.parametrize("name", HTML)
async def test_html_is_cleaned_when_it_is_written(
    alice: Person, database: Inspector, name: str
) -> None:
    """INPUT-18: by a new row and by a change; what an author writes stays."""
    row = await create_blog_post(alice, **{name: f"<p>text</p>{EVIL}"})
    await alice.client.patch(f"{PATH}/{row['id']}", json={name: f"{EVIL}<b>more</b>"}, headers=ANY)

    for stored in (await database.dump(), (await alice.client.get(PATH)).text):
        assert "steal" not in stored
    assert row.get(name, "<p>text</p>x").startswith("<p>text</p>")
