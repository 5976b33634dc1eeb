"""Queries: every name is one that the route reads, and stands there once."""

import pytest
from httpx import AsyncClient

from tests.support.people import Person

LOGIN = "/auth/login"
SECRET = "a secret of somebody"


@pytest.mark.parametrize(
    "query",
    ["limit=1&limit=100", "limit[]=1", "access_token=a", "limit=%ff", "a=" * 99, "limit=%00"],
)
async def test_a_query_holds_what_the_route_reads_once(client: AsyncClient, query: str) -> None:
    """INPUT-01, INPUT-11, AUTH-22: also for credentials, which do not belong there."""
    response = await client.post(f"{LOGIN}?{query}", data={"username": "a", "password": SECRET})

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("limmit", "limmit"),
        ("filter[name]", "filter[name]"),
        ("<script>alert(1)</script>", "(unknown)"),
        ("line\nbreak", "(unknown)"),
        ("\u202eevil", "(unknown)"),
        ("x" * 65, "(unknown)"),
    ],
)
async def test_a_strange_name_is_not_repeated(alice: Person, name: str, shown: str) -> None:
    """ERR-04: what may be a slip of the pen is named, and nothing else of what was sent."""
    response = await alice.client.get("/users/me", params={name: "1"})

    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"] == ["query", shown]
