"""Registers with an address or a name that may have an owner."""

import pytest
from httpx import AsyncClient, Response

from tests.support.people import PASSWORD

hidden = pytest.mark.environment(HIDE_ACCOUNTS="true", REQUIRE_VERIFIED_EMAIL="true")
OWNED = {"email": "owner@example.com", "username": "owner"}


async def claim(client: AsyncClient, **changes: str) -> Response:
    body = OWNED | {"password": PASSWORD} | changes
    return await client.post("/auth/register", json=body)
