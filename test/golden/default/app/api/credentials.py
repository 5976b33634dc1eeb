"""What may stand in the place of an access token."""

from collections.abc import Mapping
from typing import Any, Protocol

from fastapi import Request
from fastapi.routing import APIRoute

from app.core.identity import Caller


class Credential(Protocol):
    """A header of its own that says who calls, on the routes that take it."""

    header: bytes
    name: str
    scheme: Mapping[str, Any]
    """Name and security scheme in the specification."""

    def scopes(self, route: APIRoute) -> list[str] | None:
        """Return what a route asks of it; None where it does not work."""

    async def authenticate(
        self, request: Request, value: bytes, route: APIRoute, limit: str
    ) -> Caller: ...


# Who adds one adds its header to app.core.request_guard, too: there it may come once only.
CREDENTIALS: tuple[Credential, ...] = ()
