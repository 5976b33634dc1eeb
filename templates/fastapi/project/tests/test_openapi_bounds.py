"""What the specification promises: every value has bounds, and every refusal is declared."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from fastapi import FastAPI

from app.api.openapi import PROBLEM_SCHEMA, install_openapi
from app.api.openapi_bounds import complete
from tests.support.surface import ALL, specification

BOUNDS = {
    "string": ({"maxLength"}, {"enum"}, {"const"}),
    "integer": (
        {"minimum", "maximum", "format"},
        {"exclusiveMinimum", "maximum", "format"},
        {"enum"},
        {"const"},
    ),
}


def schemas(node: object, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        if isinstance(kind := node.get("type"), str) and kind in BOUNDS:
            yield path, node
        for key, child in node.items():
            yield from schemas(child, f"{path}/{key}")
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from schemas(child, f"{path}/{index}")


def test_every_text_and_every_number_has_bounds() -> None:
    """API4: nothing is as large as a client likes."""
    found = list(schemas(specification()))

    unbounded = [
        path
        for path, schema in found
        if not any(keys <= schema.keys() for keys in BOUNDS[schema["type"]])
    ]
    assert unbounded == []
    assert len(found) > 50


def test_a_parameter_is_left_out_and_never_null() -> None:
    nullable = [
        f"{operation.name} {parameter['name']}"
        for operation in ALL
        for parameter in operation.spec.get("parameters", ())
        if {"type": "null"} in parameter["schema"].get("anyOf", ())
    ]
    assert nullable == []


def test_the_specification_says_what_only_administrators_may() -> None:
    """AUTHZ-07: by the name of the role, which OpenAPI 3.1 lists with the way in."""
    closed = {
        operation.name
        for operation in ALL
        if operation.spec.get("security") == [{"bearer": ["admin"]}]
    }

    assert closed >= {"GET /api/v1/users", "PATCH /api/v1/users/{user_id}"}
    assert closed >= {"DELETE /api/v1/users/{user_id}", "GET /api/v1/audit-events"}
    assert not any("/users/me" in name or "/auth/" in name for name in closed)


def test_every_operation_says_how_long_to_wait() -> None:
    """RATE-01: a 429 comes with Retry-After."""
    silent = [
        operation.name
        for operation in ALL
        if "Retry-After" not in operation.spec["responses"]["429"]["headers"]
    ]
    assert silent == []


def test_bounds_that_are_there_stay() -> None:
    schema: dict[str, Any] = {
        "a": {"type": "string", "maxLength": 5},
        "b": {"type": "integer", "minimum": 1, "maximum": 2**40},
        "c": {"type": "integer", "exclusiveMinimum": 0.0, "maximum": 9},
        "d": {"type": "string", "format": "uuid"},
        "e": {"type": "string"},
    }

    complete(schema, longest=1000)

    assert schema["a"] == {"type": "string", "maxLength": 5}
    assert schema["b"] == {"type": "integer", "minimum": 1, "maximum": 2**40, "format": "int64"}
    assert schema["c"]["format"] == "int32"
    assert schema["d"]["maxLength"] == 36
    assert schema["e"]["maxLength"] == 1000


def test_what_is_an_example_stays_as_it_is() -> None:
    """A value may look like a schema; a field may have the name of a keyword."""
    looks_like_one = {"type": "string", "in": "query", "schema": {"anyOf": [{"type": "null"}, {}]}}
    specification: dict[str, Any] = {
        "parameters": [{"in": "query", "schema": {"type": "integer", "default": 1}}],
        "responses": {"default": {"type": "string"}},
        "schema": {
            "type": "object",
            "examples": [looks_like_one],
            "example": {"value": looks_like_one},
            "default": looks_like_one,
            "enum": [looks_like_one],
            "const": looks_like_one,
            "properties": {
                "type": {"type": "string"},
                "default": {"type": "string"},
                "properties": {"type": "object", "properties": {"enum": {"type": "string"}}},
            },
        },
    }
    kept = {
        name: deepcopy(specification["schema"][name])
        for name in ("examples", "example", "default", "enum", "const")
    }

    complete(specification, longest=9)

    assert kept.items() <= specification["schema"].items()
    fields = specification["schema"]["properties"]
    assert specification["responses"]["default"]["maxLength"] == 9
    assert specification["parameters"][0]["schema"]["format"] == "int64"
    assert fields["type"]["maxLength"] == fields["default"]["maxLength"] == 9
    assert fields["properties"]["properties"]["enum"]["maxLength"] == 9


def test_the_specification_of_one_application_is_not_that_of_another() -> None:
    before = deepcopy(PROBLEM_SCHEMA)
    api = FastAPI()
    install_openapi(api, longest_text=9)

    shown = api.openapi()["components"]["schemas"]["Problem"]

    assert shown != before
    assert before == PROBLEM_SCHEMA
