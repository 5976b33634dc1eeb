"""Finds out who calls, from the headers alone: before a byte of the body is read."""

import re
from collections.abc import Awaitable

from fastapi import Request
from fastapi.routing import APIRoute

from app.api.cookies import read_refresh_token
from app.api.credentials import CREDENTIALS
from app.core.client_address import rate_key
from app.core.context import current_context
from app.core.errors import BadRequest, Unauthorized
from app.core.identity import Caller
from app.core.limits import ANONYMOUS
from app.core.rate_limit import RateLimiter
from app.core.security import read_access_token
from app.services import refresh
from app.services import session as sessions
from app.utils.helpers import utc_now

# One space and no other: RFC 6750, 2.1.
BEARER = re.compile(rb"bearer ([\x21-\x7e]+)", re.IGNORECASE)


class AmbiguousCredentials(BadRequest):
    """Whichever counted, somebody would have believed that it was the other one."""

    code = "ambiguous_credentials"
    detail = "Say who you are in one way, not in two."


async def authenticate(request: Request, route: APIRoute, limit: str) -> Caller:
    """Find the one credential that was sent, and whose it is."""
    for credential in CREDENTIALS:
        value = header(request, credential.header)
        if value is not None:
            if header(request, b"authorization") is not None:
                raise AmbiguousCredentials
            return await credential.authenticate(request, value, route, limit)
    return await authenticate_bearer(request, limit)


def shows_credential(request: Request) -> bool:
    names = (b"authorization", *(credential.header for credential in CREDENTIALS))
    return any(header(request, name) is not None for name in names)


async def authenticate_bearer(request: Request, limit: str) -> Caller:
    """Check the signature, then the database, and only then spend the limit of a user.

    A token stays signed when its session has ended. Whoever kept one must not use up with it what
    its owner may do: they are a stranger, and counted by address.
    """
    state = request.app.state

    async def find() -> Caller:
        claims = read_access_token(state.settings, bearer_token(request))
        return await sessions.authenticate(state.engine, state.settings, claims, utc_now())

    return await _counted(state.limiter, limit, find())


async def authenticate_page(request: Request, limit: str) -> Caller:
    """For what is opened by its address: a browser then sends its cookie, and no token.

    The cookie is not used up. Other sites cannot make a browser send it: it is SameSite=Strict.
    """
    if header(request, b"authorization") is not None:
        return await authenticate_bearer(request, limit)
    state = request.app.state
    token = read_refresh_token(request, state.settings)
    find = refresh.find_caller(state.engine, state.settings, token, utc_now())
    return await _counted(state.limiter, limit, find)


async def _counted(limiter: RateLimiter, limit: str, find: Awaitable[Caller]) -> Caller:
    try:
        caller = await find
    except Unauthorized:
        await limiter.spend(ANONYMOUS, rate_key(current_context().client))
        raise
    await limiter.spend(limit, str(caller.user_id))
    return caller


def bearer_token(request: Request) -> str:
    match = BEARER.fullmatch(header(request, b"authorization") or b"")
    if match is None:
        raise Unauthorized
    return match[1].decode("ascii")


def header(request: Request, wanted: bytes) -> bytes | None:
    """Return a header that decides who calls: those come once, ``RequestGuard`` saw to it."""
    for name, value in request.scope["headers"]:
        if name == wanted:
            found: bytes = value
            return found
    return None
