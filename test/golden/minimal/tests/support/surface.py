"""Every operation of the API, as its specification lists them."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

from app.config import Settings
from app.main import create_api

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Operation(NamedTuple):
    method: str
    path: str
    spec: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def url(self) -> str:
        """Fill the parameters with an id that nobody has."""
        parts = [str(uuid4()) if part.startswith("{") else part for part in self.path.split("/")]
        return "https://localhost" + "/".join(parts)


def specification() -> dict[str, Any]:
    return create_api(Settings(_env_file=None)).openapi()


def operations() -> Iterator[Operation]:
    for path, methods in specification()["paths"].items():
        for method in METHODS:
            if method in methods:
                yield Operation(method.upper(), path, methods[method])


ALL = list(operations())
