"""Lists as a client walks through them."""

from typing import Any

from httpx import AsyncClient


async def walk(client: AsyncClient, path: str, **query: str) -> list[dict[str, Any]]:
    """Return the rows of every page, one after the other."""
    rows: list[dict[str, Any]] = []
    while True:
        page = (await client.get(path, params=query)).json()
        rows += page["items"]
        if page["next_cursor"] is None:
            return rows
        query["cursor"] = page["next_cursor"]


def as_text(value: object) -> str:
    """Write a value of an answer as it stands in a query."""
    return str(value).lower() if isinstance(value, bool) else str(value)
