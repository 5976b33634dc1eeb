"""Blog posts are for everybody to read, signed in or not."""

from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from tests.blog_posts.rows import PATH, create_blog_post, new_blog_post
from tests.support.lists import walk
from tests.support.people import Person

ANY = {"If-Match": "*"}


async def test_everybody_reads(alice: Person, client: AsyncClient) -> None:
    """A row and the list, as their author sees them; nothing on the way keeps what may change."""
    row = await create_blog_post(alice)
    mine = await alice.client.get(f"{PATH}/{row['id']}")

    shown = await client.get(f"{PATH}/{row['id']}")

    assert shown.status_code == 200
    assert shown.json() == mine.json() == row
    assert shown.headers["ETag"] == mine.headers["ETag"]
    assert shown.headers["Cache-Control"] == "no-store"
    assert (await client.get(PATH)).json() == {"items": [row], "next_cursor": None}
    assert (await client.get(f"{PATH}/{uuid4()}")).status_code == 404


async def test_everybody_pages_sorts_and_filters(alice: Person, client: AsyncClient) -> None:
    """INPUT-11, INPUT-12: with the same limits as those who have signed in."""
    rows = [await create_blog_post(alice) for _ in range(3)]
    since = {"created_at_gte": rows[1]["created_at"]}

    assert await walk(client, PATH, sort="created_at", limit="2") == rows
    assert await walk(client, PATH, sort="-created_at", limit="1") == rows[::-1]
    assert await walk(client, PATH, sort="created_at", **since) == rows[1:]
    for query in ("limit=101", "sort=owner_id", "owner_id=1", "cursor=x"):
        assert (await client.get(f"{PATH}?{query}")).status_code == 422


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_nobody_writes_without_signing_in(
    alice: Person, client: AsyncClient, method: str
) -> None:
    """AUTHZ-01: what is public is public to read."""
    row = await create_blog_post(alice)
    body: dict[str, Any] | None = {} if method == "PATCH" else None

    response = await client.request(method, f"{PATH}/{row['id']}", json=body, headers=ANY)

    assert response.status_code == 401
    assert (await client.post(PATH, json=await new_blog_post(alice))).status_code == 401
    assert (await client.get(PATH)).json()["items"] == [row]
