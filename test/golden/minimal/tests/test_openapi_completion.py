"""How the bounds get into a specification: only where none are, and into nothing but schemas."""

from copy import deepcopy
from typing import Any

from fastapi import FastAPI

from app.api.openapi import PROBLEM_SCHEMA, install_openapi
from app.api.openapi_bounds import complete


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
