"""The classes of routes. A router that asks who calls says ``route_class=SecureRoute``."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.datastructures import FormData

from app.api.authentication import authenticate, shows_credential
from app.api.deps import asks_for_admin, require_admin
from app.api.openapi import describe
from app.api.request_rules import FORM, RequestRules
from app.core.body_limit import Allowance
from app.core.client_address import rate_key
from app.core.config import SecuritySettings
from app.core.context import current_context
from app.core.limits import ANONYMOUS, AUTH, BY_ROUTE, SIGNED_IN
from app.core.strict_form import parse_form
from app.core.strict_json import parse_json

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
READING = frozenset({"GET", "HEAD"})


class StrictRequest(Request):
    async def json(self) -> Any:
        return parse_json(await self.body())

    async def read_form(self) -> None:
        """Read the form before the framework does, which then takes it as it is."""
        self._form = FormData(parse_form(await self.body()))


class StrictRoute(APIRoute):
    """Lets a request in, checks its form, and only then has the framework read its body."""

    limit_of_others = ANONYMOUS

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        describe(self, needs_caller=self.needs_caller)
        self.limit = limit_name(self, self.limit_of_others)

    @property
    def needs_caller(self) -> bool:
        return False

    async def admit(self, request: Request) -> None:
        """Refuse whoever may not come in, by raising."""

    def allowance(self, api: FastAPI, settings: SecuritySettings) -> Allowance | None:
        """Return how large a body may be, where it is not MAX_BODY_BYTES."""
        return None

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        rules = RequestRules.of(self.dependant, self.body_field)

        async def handle_admitted(request: Request) -> Response:
            await self.admit(request)
            rules.check(request)
            if rules.content_type is not None:
                request = strict = StrictRequest(request.scope, request.receive)
                if rules.content_type == FORM:
                    await strict.read_form()
            response = await handle(request)
            if response.status_code == HTTPStatus.NO_CONTENT:
                # The framework names the type of a body that is not there.
                del response.headers["content-type"]
            return response

        return handle_admitted


class UnlimitedRoute(StrictRoute):
    """For load balancers, which ask often and from one address."""


class PublicRoute(StrictRoute):
    """For everybody; counted by address."""

    async def admit(self, request: Request) -> None:
        await _count_by_address(request, self.limit)


class SecureRoute(StrictRoute):
    """For those who are signed in; counted by user. The caller is in ``request.state``."""

    limit_of_others = SIGNED_IN

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        self.is_for_admins = asks_for_admin(self.dependant)

    @property
    def needs_caller(self) -> bool:
        return True

    async def admit(self, request: Request) -> None:
        request.state.caller = caller = await authenticate(request, self, self.limit)
        if self.is_for_admins:
            # Before a word of the request is read: no mistake in it is answered first.
            require_admin(caller)


class PublicReadRoute(SecureRoute):
    """Everybody reads, signed in or not; to change something is for those who are signed in."""

    @property
    def needs_caller(self) -> bool:
        return self.methods is None or not self.methods <= READING

    async def admit(self, request: Request) -> None:
        # A credential that is no good is refused all the same: its owner wants to know.
        if self.needs_caller or shows_credential(request):
            await super().admit(request)
        else:
            await _count_by_address(request, ANONYMOUS)


async def _count_by_address(request: Request, limit: str) -> None:
    await request.app.state.limiter.spend(limit, rate_key(current_context().client))


def limit_name(route: APIRoute, otherwise: str) -> str:
    """Return which of ``app.core.limits.LIMITS`` counts for a route."""
    for method in route.methods or ():
        if name := BY_ROUTE.get(f"{method} {route.path}"):
            return name
    return AUTH if route.path.startswith("/auth/") else otherwise


def own_bodies(api: FastAPI, settings: SecuritySettings) -> dict[tuple[str, str], Allowance]:
    """Collect by method and path what routes may take, for the counter in front of them."""
    own: dict[tuple[str, str], Allowance] = {}
    for mounted in iter_route_contexts(api.routes):
        route = mounted.original_route
        if isinstance(route, StrictRoute) and (allowance := route.allowance(api, settings)):
            for method in route.methods or ():
                own[method, str(mounted.path)] = allowance
    return own
