"""Every operation of the API, as its specification lists them."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
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


def of_resources(name: str) -> set[str]:
    """Collect what resources declare, each in the ``surface.py`` of its tests: PUBLIC or SHOWN."""
    folders = {file.parent.name for file in Path(__file__).parents[1].glob("*/surface.py")}
    modules = [import_module(f"tests.{folder}.surface") for folder in folders - {"support"}]
    return {member for module in modules for member in getattr(module, name, ())}


ALL = list(operations())
