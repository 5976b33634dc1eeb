"""Finds out who calls, from the headers alone: before a byte of the body is read."""

import re

from fastapi import Request

from app.core.client_address import rate_key
from app.core.context import current_context
from app.core.errors import Unauthorized
from app.core.identity import Caller
from app.core.rate_limit import ANONYMOUS, RateLimiter
from app.core.security import read_access_token
from app.services import session as sessions
from app.utils.helpers import utc_now

# One space and no other: RFC 6750, 2.1.
BEARER = re.compile(rb"bearer ([\x21-\x7e]+)", re.IGNORECASE)


async def authenticate(request: Request, limit: str) -> Caller:
    """Check the signature, then the limit, then the database: the cheapest refusal first."""
    state = request.app.state
    limiter: RateLimiter = state.limiter
    try:
        claims = read_access_token(state.settings, bearer_token(request))
    except Unauthorized:
        await limiter.spend(ANONYMOUS, rate_key(current_context().client))
        raise
    await limiter.spend(limit, str(claims.user_id))
    return await sessions.authenticate(state.engine, claims, utc_now())


def bearer_token(request: Request) -> str:
    for name, value in request.scope["headers"]:
        if name == b"authorization":
            match = BEARER.fullmatch(value)
            if match is None:
                break
            token: bytes = match[1]
            return token.decode("ascii")
    raise Unauthorized
