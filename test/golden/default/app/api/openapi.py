"""What the specification says of every operation: its errors, and that it wants a token."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from app.core.errors import PROBLEM_JSON

ALWAYS = (400, 401, 403, 422, 429, 500, 503)
WITH_PATH_PARAMETER = (404,)
WITH_BODY = (408, 413, 415)
WHEN_WRITING = (409,)

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
                                {"type": "integer", "format": "int32"},
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
BEARER_SCHEME = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


def describe(route: APIRoute, *, needs_caller: bool) -> None:
    """Declare what the route may answer besides success; its own declarations win."""
    statuses = [*ALWAYS]
    if route.param_convertors:
        statuses += WITH_PATH_PARAMETER
    if route.body_field is not None:
        statuses += WITH_BODY
    if route.methods != {"GET"}:
        statuses += WHEN_WRITING
    declared: dict[int | str, dict[str, Any]] = {code: _problem(code) for code in sorted(statuses)}
    route.responses = declared | route.responses
    if needs_caller:
        route.openapi_extra = {"security": [{"bearer": []}]} | (route.openapi_extra or {})


def install_openapi(api: FastAPI) -> None:
    """Add the parts that operations refer to."""

    def openapi() -> dict[str, Any]:
        if api.openapi_schema is None:
            schema = get_openapi(title=api.title, version=api.version, routes=api.routes)
            components = schema.setdefault("components", {})
            components.setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
            components["securitySchemes"] = {"bearer": BEARER_SCHEME}
            api.openapi_schema = schema
        return api.openapi_schema

    # The framework documents this way of extending it.
    api.openapi = openapi  # type: ignore[method-assign]


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": HTTPStatus(status).phrase,
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
