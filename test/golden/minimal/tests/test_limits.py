"""Which limit counts for a route."""

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.api.routing import PublicRoute, SecureRoute, StrictRoute
from app.core.limits import LIMITS


async def login() -> None:
    """A function that happens to be called like one of ours."""


def routes(api: FastAPI) -> dict[str, StrictRoute]:
    found = [mounted.original_route for mounted in iter_route_contexts(api.routes)]
    return {
        f"{method} {route.path}": route
        for route in found
        if isinstance(route, StrictRoute)
        for method in route.methods or ()
    }


def test_every_limit_of_a_route_has_its_route(api: FastAPI) -> None:
    """RATE-01: a path that is renamed here and not there would lose its limit unseen."""
    limited = {limit.route: name for name, limit in LIMITS.items() if limit.route}
    counted = {route: found.limit for route, found in routes(api).items()}

    assert len(limited) > 3
    assert limited.items() <= counted.items()
    of_many = {"anonymous", "signed_in", "auth"}
    assert set(counted.values()) - of_many == set(limited.values())


@pytest.mark.parametrize(
    ("route_class", "path", "limit"),
    [
        (SecureRoute, "/reports", "signed_in"),
        (PublicRoute, "/reports", "anonymous"),
        (PublicRoute, "/auth/reports", "auth"),
        (PublicRoute, "/auth/login", "login"),
    ],
)
def test_the_name_of_a_function_decides_nothing(
    route_class: type[StrictRoute], path: str, limit: str
) -> None:
    assert route_class(path, login, methods=["POST"]).limit == limit
