"""What the framework leaves open in the specification: how large each value can get.

A client may rely on it, and tools that look for unbounded input have nothing to guess.
"""

from collections.abc import Iterator
from typing import Any

from app.core.constants import TIMESTAMP_MAX_LENGTH
from app.core.identifiers import EMAIL_MAX_LENGTH

Node = dict[str, Any]

LENGTHS = {
    "uuid": 36,
    "date": len("2026-01-31"),
    "date-time": TIMESTAMP_MAX_LENGTH,
    "email": EMAIL_MAX_LENGTH,
}
# The keys below these are names, which may be any: a field called "default", a default answer.
NAMED = frozenset(
    {"$defs", "content", "headers", "parameters", "patternProperties", "paths", "properties"}
    | {"requestBodies", "responses", "schemas"}
)
# Below these are values. What looks like a schema there is somebody's data.
VALUES = frozenset({"const", "default", "enum", "example", "examples"})
INT32 = (-(2**31), 2**31 - 1)
INT64 = (-(2**63), 2**63 - 1)


def complete(specification: Node, *, longest: int) -> None:
    """Add bounds to every schema; no text in an answer is longer than ``longest``."""
    for parameter in _find(specification, "in"):
        _require_a_value(parameter)
    for schema in _find(specification, "type"):
        if schema["type"] == "string" and not schema.keys() & {"maxLength", "enum", "const"}:
            schema["maxLength"] = LENGTHS.get(schema.get("format", ""), longest)
        elif schema["type"] == "integer":
            _bound_integer(schema)


def _find(node: object, key: str) -> Iterator[Node]:
    """Find the objects in which a key says what they are; a field may have that name as well."""
    if isinstance(node, dict):
        if isinstance(node.get(key), str):
            yield node
        for name, child in node.items():
            if name in NAMED and isinstance(child, dict):
                yield from _find(list(child.values()), key)
            elif name not in VALUES:
                yield from _find(child, key)
    elif isinstance(node, list):
        for child in node:
            yield from _find(child, key)


def _require_a_value(parameter: Node) -> None:
    """An optional parameter is left out: a query and a header know no null."""
    schema = parameter.get("schema", {})
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        del schema["anyOf"]
        parameter["schema"] = kinds[0] | schema
    elif kinds:
        schema["anyOf"] = kinds


def _bound_integer(schema: Node) -> None:
    if "exclusiveMinimum" not in schema:
        schema.setdefault("minimum", INT64[0])
    if "exclusiveMaximum" not in schema:
        schema.setdefault("maximum", INT64[1])
    lowest = schema["minimum" if "minimum" in schema else "exclusiveMinimum"]
    highest = schema["maximum" if "maximum" in schema else "exclusiveMaximum"]
    fits = INT32[0] <= lowest and highest <= INT32[1]
    schema.setdefault("format", "int32" if fits else "int64")
