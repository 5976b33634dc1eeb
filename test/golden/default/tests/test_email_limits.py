"""How often somebody may have a mail sent."""

import pytest
from httpx import AsyncClient

from tests.support.people import PASSWORD, Person

limited = pytest.mark.environment(RATE_LIMIT_AUTH="", TRUSTED_PROXIES="127.0.0.1")


@limited
async def test_a_mailbox_is_not_flooded_from_many_addresses(client: AsyncClient) -> None:
    """RATE-03: by the address that was given, known or unknown, from wherever."""
    statuses = []
    for number in range(5):
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        body = {"email": "victim@example.com"}
        response = await client.post("/auth/forgot-password", json=body, headers=headers)
        statuses.append(response.status_code)

    assert statuses == [202] * 3 + [429] * 2


@limited
async def test_nobody_sends_mail_around_by_moving(alice: Person) -> None:
    """RATE-03."""
    statuses = [
        (
            await alice.client.patch(
                "/users/me",
                json={"email": f"victim-{number}@example.com", "current_password": PASSWORD},
            )
        ).status_code
        for number in range(5)
    ]

    assert statuses == [200] * 3 + [429] * 2


@limited
@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/auth/forgot-password", 10), ("/auth/reset-password", 10), ("/auth/verify-email", 10)],
)
async def test_each_route_has_its_limit(client: AsyncClient, path: str, allowed: int) -> None:
    """RATE-03."""
    statuses = [(await client.post(path)).status_code for _ in range(allowed + 1)]

    assert statuses.index(429) == allowed
