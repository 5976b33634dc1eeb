"""What the specification promises: every value has bounds, and every refusal is declared."""

from collections.abc import Iterator
from typing import Any

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
