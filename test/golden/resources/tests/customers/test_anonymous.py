"""Customers are for those who have signed in."""

from typing import Any

import pytest
from httpx import AsyncClient

from tests.customers.rows import PATH, create_customer
from tests.support.people import Person

ANY = {"If-Match": "*"}


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
async def test_nobody_comes_in_without_signing_in(
    alice: Person, client: AsyncClient, method: str
) -> None:
    """AUTHZ-01."""
    row = await create_customer(alice)
    body: dict[str, Any] | None = {} if method == "PATCH" else None

    response = await client.request(method, f"{PATH}/{row['id']}", json=body, headers=ANY)

    assert response.status_code == 401
    assert (await client.post(PATH, json={})).status_code == 401
    assert (await client.get(PATH)).status_code == 401
    assert (await alice.client.get(f"{PATH}/{row['id']}")).json() == row
