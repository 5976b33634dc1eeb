"""The index in front of the routes: the same route as the framework's search finds, only sooner."""

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from httpx import ASGITransport, AsyncClient
from starlette.routing import Match
from starlette.types import Scope

from app.api.route_index import RouteIndex
from tests.support.surface import ALL, Operation


def request(method: str, path: str, **changes: object) -> Scope:
    return {"type": "http", "method": method, "path": path, "root_path": ""} | changes


@pytest.fixture
def index(api: FastAPI) -> RouteIndex:
    index = api.router.routes[0]
    assert isinstance(index, RouteIndex)
    return index


@pytest.mark.parametrize("operation", ALL, ids=[operation.name for operation in ALL])
def test_the_first_route_that_fits_is_found(
    api: FastAPI, index: RouteIndex, operation: Operation
) -> None:
    path = operation.url.removeprefix("https://localhost")
    fitting = [
        mounted
        for mounted in iter_route_contexts(api.routes)
        if isinstance(mounted.original_route, APIRoute)
        and operation.method in (mounted.original_route.methods or ())
        and mounted.path_regex.fullmatch(path)
    ]

    match, found = index.matches(request(operation.method, path))

    assert match is Match.FULL
    assert found["endpoint"] is fitting[0].endpoint
    assert found["route"] is fitting[0].original_route
    assert found["path_params"].keys() == fitting[0].param_convertors.keys()


@pytest.mark.parametrize(
    "scope",
    [
        request("GET", "/api/v1/no-such-thing"),
        request("TRACE", "/api/v1/users/me"),
        request("GET", "/api/v1/users/me/"),
        request("GET", "/users/me"),
        request("GET", "/api/v1/users/me", root_path="/below"),
        request("GET", "/api/v1/users/me", type="websocket"),
        request("GET", "/api/v1/users/me", **{"fastapi.telemetry": object()}),
    ],
    ids=["path", "method", "slash", "prefix", "mounted", "websocket", "telemetry"],
)
def test_everything_else_is_left_to_the_framework(index: RouteIndex, scope: Scope) -> None:
    assert index.matches(scope) == (Match.NONE, {})


@pytest.mark.parametrize(
    "paths",
    [
        ("/things/{key}", "/things/new"),
        ("/things/new", "/things/{key}"),
        ("/things/{key:int}", "/things/new"),
        ("/{rest:path}", "/things/new"),
        ("/other/{key}", "/things/new", "/things/{key}"),
    ],
    ids=" ".join,
)
async def test_the_order_of_declaration_decides(paths: tuple[str, ...]) -> None:
    """As the framework has it: an exact path that comes later wins over nothing."""
    api = FastAPI(openapi_url=None)
    for number, path in enumerate(paths):
        api.add_api_route(path, lambda number=number: number, methods=["GET"])
    # The same path for another method stands in nobody's way.
    api.router.routes.insert(0, APIRoute("/{rest:path}", lambda: "posted", methods=["POST"]))

    async with AsyncClient(transport=ASGITransport(api), base_url="http://localhost") as client:
        chosen = (await client.get("/things/new")).json()
    match, found = RouteIndex(api).matches(request("GET", "/things/new"))

    assert match is Match.FULL
    assert found["endpoint"]() == chosen
