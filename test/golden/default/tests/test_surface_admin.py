"""What only administrators may do, read from the specification, and asked for by somebody else."""

from typing import Any

import pytest
from httpx import AsyncClient

from app.core.constants import Role
from tests.support.people import Person
from tests.support.surface import ALL, Operation

JSON = {"Content-Type": "application/json"}
MISTAKES: dict[str, dict[str, Any]] = {
    "no body": {},
    "malformed JSON": {"content": b"{not json", "headers": JSON},
    "another type": {"content": b"a=b", "headers": {"Content-Type": "text/plain"}},
    "an unknown query name": {"params": {"x": "1"}},
}


def is_for_admins(operation: Operation) -> bool:
    ways = operation.spec.get("security", [])
    return any(Role.ADMIN.value in roles for way in ways for roles in way.values())


ADMINISTRATION = [operation for operation in ALL if is_for_admins(operation)]
named = pytest.mark.parametrize(
    "operation", ADMINISTRATION, ids=[operation.name for operation in ADMINISTRATION]
)


def test_administration_is_found() -> None:
    """A list that became empty would prove nothing."""
    assert {"GET /api/v1/users", "GET /api/v1/audit-events"} <= {one.name for one in ADMINISTRATION}


@named
async def test_no_mistake_is_answered_before_the_role(alice: Person, operation: Operation) -> None:
    """AUTHZ-07: whoever is no administrator hears nothing else of what is behind the door."""
    answers = [
        await alice.client.request(operation.method, operation.url, **mistake)
        for mistake in MISTAKES.values()
    ]

    assert [answer.status_code for answer in answers] == [403] * len(MISTAKES)
    assert {answer.json()["code"] for answer in answers} == {"administrators_only"}


@named
async def test_who_is_nobody_is_told_to_sign_in(client: AsyncClient, operation: Operation) -> None:
    """AUTHZ-01, AUTHZ-07: a 401, whatever is wrong with the request."""
    answers = [
        await client.request(operation.method, operation.url, **mistake)
        for mistake in MISTAKES.values()
    ]

    assert [answer.status_code for answer in answers] == [401] * len(MISTAKES)


@pytest.mark.environment(RATE_LIMIT_DEFAULT="2/minute")
async def test_a_refused_request_is_counted(alice: Person) -> None:
    """AUTHZ-07, RATE-01: doors are not tried for nothing."""
    answers = [await alice.client.get("/users", params={"x": "1"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [403, 403, 429]
