"""Finds the route of a request by one look-up, however many routers there are.

The framework asks every included router in turn, and the one that fits a second time: with eight
routers that costs a tenth of a whole request, and every generated resource is one more.
"""

from re import Pattern
from typing import NamedTuple

from fastapi import FastAPI
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.convertors import Convertor
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send


class Found(NamedTuple):
    route: APIRoute
    app: ASGIApp
    pattern: Pattern[str]
    convertors: dict[str, Convertor[object]]


class RouteIndex(BaseRoute):
    """Stands before all routes. What it does not know is left to them, and so is every refusal."""

    def __init__(self, api: FastAPI) -> None:
        self._exact: dict[tuple[str, str], Found] = {}
        self._patterns: dict[str, list[Found]] = {}
        for mounted in iter_route_contexts(api.routes):
            if isinstance(mounted.original_route, APIRoute):
                self._add(mounted, mounted.original_route)

    def _add(self, mounted: RouteContext, route: APIRoute) -> None:
        found = Found(route, mounted.app, mounted.path_regex, mounted.param_convertors)
        path = str(mounted.path)
        for method in route.methods or ():
            earlier = self._patterns.setdefault(method, [])
            if found.convertors:
                earlier.append(found)
            elif not any(other.pattern.match(path) for other in earlier):
                # Behind a pattern that fits, the framework would not find it either.
                self._exact.setdefault((method, path), found)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        # Below another application, and where telemetry wants to be told, the framework looks.
        if scope["type"] != "http" or scope.get("root_path") or "fastapi.telemetry" in scope:
            return Match.NONE, {}
        method, path = scope["method"], scope["path"]
        found = self._exact.get((method, path))
        if found is not None:
            return Match.FULL, _chosen(found, {})
        for found in self._patterns.get(method, ()):
            if match := found.pattern.match(path):
                texts = match.groupdict().items()
                values = {name: found.convertors[name].convert(text) for name, text in texts}
                return Match.FULL, _chosen(found, values)
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["route_index.app"](scope, receive, send)


def _chosen(found: Found, values: dict[str, object]) -> Scope:
    return {
        "route": found.route,
        "endpoint": found.route.endpoint,
        "path_params": values,
        "route_index.app": found.app,
    }


def index_routes(api: FastAPI) -> None:
    """Do this last: a route that is added later is found, too, by the framework's own search."""
    api.router.routes.insert(0, RouteIndex(api))
