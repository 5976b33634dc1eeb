"""What the specification says of every operation: its errors, and that it wants a token."""

from copy import deepcopy
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.utils import get_flat_params
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from app.api.credentials import CREDENTIALS
from app.api.deps import asks_for_admin
from app.api.openapi_bounds import complete
from app.core.constants import Role
from app.core.errors import PROBLEM_JSON

ALWAYS = (400, 401, 403, 422, 429, 500, 503)
# From in front of the routes, whether a body is wanted or not: app.core.request_guard, body_limit.
BEFORE_ROUTES = (413, 415, 431)
WITH_PATH_PARAMETER = (404,)
WITH_BODY = (408,)
WHEN_WRITING = (409,)
WITH_IF_MATCH = (412, 428)

PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457 problem details: the shape of every error.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "maxLength": 100, "examples": ["urn:problem:not_found"]},
        "title": {"type": "string", "maxLength": 100},
        "status": {"type": "integer", "format": "int32", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "maxLength": 500},
        "code": {"type": "string", "maxLength": 100},
        "request_id": {"type": "string", "maxLength": 36},
        "errors": {
            "type": "array",
            "maxItems": 20,
            "items": {
                "type": "object",
                "required": ["loc", "type", "msg"],
                "properties": {
                    "loc": {
                        "type": "array",
                        "maxItems": 10,
                        "items": {
                            "anyOf": [
                                {"type": "string", "maxLength": 100},
                                {"type": "integer", "minimum": 0, "maximum": 20_000},
                            ]
                        },
                    },
                    "type": {"type": "string", "maxLength": 100},
                    "msg": {"type": "string", "maxLength": 200},
                },
            },
        },
    },
}
BEARER_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "An access token of RFC9068, checked as RFC8725 asks.",
}
# What tells a client how long to wait: RFC 9110, 10.2.3, and draft-ietf-httpapi-ratelimit-headers.
WAITING: dict[str, Any] = {
    "Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "In seconds."},
    "RateLimit": {"schema": {"type": "string", "maxLength": 100}},
    "RateLimit-Policy": {"schema": {"type": "string", "maxLength": 100}},
    "Access-Control-Allow-Origin": {"schema": {"type": "string", "maxLength": 300}},
}


def describe(route: APIRoute, *, needs_caller: bool) -> None:
    """Declare what the route may answer besides success; its own declarations win."""
    statuses = [*ALWAYS, *BEFORE_ROUTES]
    if route.param_convertors:
        statuses += WITH_PATH_PARAMETER
    if route.body_field is not None or "requestBody" in (route.openapi_extra or {}):
        statuses += WITH_BODY
    if route.methods != {"GET"}:
        statuses += WHEN_WRITING
    if any(field.alias == "If-Match" for field in get_flat_params(route.dependant)):
        statuses += WITH_IF_MATCH
    declared: dict[int | str, dict[str, Any]] = {code: _problem(code) for code in sorted(statuses)}
    route.responses = declared | route.responses
    if needs_caller:
        route.openapi_extra = {"security": _ways_in(route)} | (route.openapi_extra or {})


def install_openapi(api: FastAPI, *, longest_text: int) -> None:
    """Add the parts that operations refer to, and bounds to what has none."""

    def openapi() -> dict[str, Any]:
        if api.openapi_schema is None:
            schema = get_openapi(title=api.title, version=api.version, routes=api.routes)
            components = schema.setdefault("components", {})
            components.setdefault("schemas", {})["Problem"] = deepcopy(PROBLEM_SCHEMA)
            others = {credential.name: dict(credential.scheme) for credential in CREDENTIALS}
            components["securitySchemes"] = {"bearer": BEARER_SCHEME} | others
            complete(schema, longest=longest_text)
            api.openapi_schema = schema
        return api.openapi_schema

    api.openapi = openapi  # type: ignore[method-assign]  # as the framework documents it


def _ways_in(route: APIRoute) -> list[dict[str, list[str]]]:
    """List what a caller may show: any one of them is enough.

    OpenAPI 3.1 has the names of roles in the list of a scheme that knows no scopes.
    """
    if asks_for_admin(route.dependant):
        # Nobody is an administrator but by signing in.
        return [{"bearer": [Role.ADMIN.value]}]
    asked = {credential.name: credential.scopes(route) for credential in CREDENTIALS}
    others = [{name: scopes} for name, scopes in asked.items() if scopes is not None]
    return [{"bearer": []}, *others]


def _problem(status: int) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    return answer | ({"headers": WAITING} if status == HTTPStatus.TOO_MANY_REQUESTS else {})
