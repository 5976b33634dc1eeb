"""The whole surface, read from the specification: a new route is covered on the day it appears."""

import pytest
from httpx import AsyncClient

from app.core.errors import PROBLEM_JSON
from tests.support.surface import ALL, Operation, of_resources

# Whoever adds a route here makes it public. Think of it as opening a port.
PUBLIC = {
    "POST /api/v1/auth/register",
    "POST /api/v1/auth/login",
    "POST /api/v1/auth/refresh",
    "POST /api/v1/auth/logout",
    "POST /api/v1/auth/forgot-password",
    "POST /api/v1/auth/reset-password",
    "POST /api/v1/auth/verify-email",
    "GET /health/live",
    "GET /health/ready",
}
PUBLIC |= of_resources("PUBLIC")

PROTECTED = [operation for operation in ALL if operation.name not in PUBLIC]


def named(chosen: list[Operation]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("operation", chosen, ids=[one.name for one in chosen])


@named(PROTECTED)
async def test_a_route_needs_a_token(client: AsyncClient, operation: Operation) -> None:
    """AUTHZ-01: whoever is not on the list of public routes has to say who they are."""
    response = await client.request(operation.method, operation.url)

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.headers["Content-Type"] == PROBLEM_JSON


@named(PROTECTED)
async def test_a_route_does_not_accept_just_any_token(
    client: AsyncClient, operation: Operation
) -> None:
    """AUTHZ-01: a token that nobody signed is no token, and the body is not even read."""
    headers = {"Authorization": "Bearer e30.e30.e30", "Content-Type": "application/json"}

    response = await client.request(
        operation.method, operation.url, headers=headers, content=b"{not json"
    )

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


@named(ALL)
def test_the_specification_says_who_may_call(operation: Operation) -> None:
    """DOCS-03: a security scheme on every protected operation and on no other."""
    assert bool(operation.spec.get("security")) is (operation.name not in PUBLIC)


@named(PROTECTED)
def test_the_specification_declares_the_refusals(operation: Operation) -> None:
    """DOCS-03: a client can tell from the specification what may happen to it."""
    assert {"401", "403", "422", "429"} <= operation.spec["responses"].keys()


@named(ALL)
async def test_the_specification_declares_what_no_route_decides(
    client: AsyncClient, operation: Operation
) -> None:
    """DOCS-03: the defences in front of the routes refuse, whatever a route would have read."""
    many = {f"X-{number}": "a" for number in range(101)}
    large, packed = {"Content-Length": "1000000000"}, {"Content-Encoding": "gzip"}

    for status, headers in (("413", large), ("415", packed), ("431", many)):
        answer = await client.request(operation.method, operation.url, headers=headers)
        assert str(answer.status_code) == status
        assert status in operation.spec["responses"]


@named(ALL)
def test_every_declared_error_is_a_problem(operation: Operation) -> None:
    """ERR-03: one media type and one shape for every error."""
    for status, response in operation.spec["responses"].items():
        if status >= "400":
            assert list(response["content"]) == [PROBLEM_JSON], status


def test_every_public_route_exists() -> None:
    """A name left on the list would open the route that takes its place."""
    assert {operation.name for operation in ALL} >= PUBLIC


def test_operations_have_names_of_their_own() -> None:
    ids = [operation.spec["operationId"] for operation in ALL]

    assert len(ids) == len(set(ids))
    assert all(operation.spec["summary"] for operation in ALL)


async def test_an_unknown_path_is_a_problem_too(client: AsyncClient) -> None:
    """ERR-03: also where no route answers."""
    response = await client.get("/no-such-thing")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == PROBLEM_JSON
