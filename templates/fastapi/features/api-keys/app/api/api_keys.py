"""API keys as a credential: on which routes they work, and for what."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute

from app.core.api_keys import Scope
from app.core.client_address import rate_key
from app.core.context import current_context
from app.core.errors import Forbidden
from app.core.identity import Caller
from app.core.limits import ANONYMOUS
from app.services import api_key_auth
from app.services.api_key_use import ApiKeyUses
from app.utils.helpers import utc_now

# What decides who gets in, and what concerns a person or an administrator, stays with people who
# have signed in: a stolen key must not become the account. Every other route takes keys.
CLOSED = ("api-keys", "audit-events", "auth", "users", "ws")
# So that a program can find out whether its key still works.
OPEN = {("GET", "/users/me")}


class ApiKeyRefused(Forbidden):
    code = "api_key_refused"
    detail = "An API key may not do this. Sign in."


class InsufficientScope(Forbidden):
    code = "insufficient_scope"
    detail = "The API key was not made for this."


class ApiKeyCredential:
    header = b"x-api-key"
    name = "apiKey"
    scheme: Mapping[str, Any] = MappingProxyType(
        {"type": "apiKey", "in": "header", "name": "X-API-Key"}
    )

    def scopes(self, route: APIRoute) -> list[str] | None:
        methods = route.methods or set()
        if not all(takes_keys(method, route.path) for method in methods):
            return None
        return sorted({scope_for(method).value for method in methods})

    async def authenticate(
        self, request: Request, value: bytes, route: APIRoute, limit: str
    ) -> Caller:
        state, now = request.app.state, utc_now()
        try:
            key = await api_key_auth.authenticate(state.engine, value.decode("latin-1"), now)
        except api_key_auth.InvalidApiKey:
            await state.limiter.spend(ANONYMOUS, rate_key(current_context().client))
            raise
        # Whom a refusal is about, for the audit log.
        request.state.caller = key.caller
        await state.limiter.spend(limit, str(key.caller.user_id))
        state.api_key_uses.note(key, now)
        if not takes_keys(request.method, route.path):
            raise ApiKeyRefused
        if scope_for(request.method) not in key.scopes:
            raise InsufficientScope
        return key.caller


def takes_keys(method: str, path: str) -> bool:
    return path.split("/")[1] not in CLOSED or (method, path) in OPEN


def scope_for(method: str) -> Scope:
    return Scope.READ if method in ("GET", "HEAD") else Scope.WRITE


@asynccontextmanager
async def note_api_key_uses(api: FastAPI) -> AsyncIterator[None]:
    uses = api.state.api_key_uses = ApiKeyUses(api.state.sessions)
    try:
        yield
    finally:
        await uses.finish()
