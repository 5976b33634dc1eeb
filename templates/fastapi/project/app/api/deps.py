"""Who calls, from where, and which slice of a list: what a route asks before it acts."""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.requests import HTTPConnection

from app.core.client_address import rate_key
from app.core.config import SecuritySettings
from app.core.context import current_context
from app.core.errors import Forbidden, InvalidCredentials, TooManyRequests, Unauthorized
from app.core.identity import Caller
from app.core.keys import CURSOR, keyring
from app.core.limits import LOGIN_FAILURES
from app.crud.pagination import PageRequest
from app.dependencies import FailureRateDep, LimiterDep, SettingsDep
from app.schemas.base import PageQuery


class CrossOriginRefused(Forbidden):
    code = "cross_origin_refused"
    detail = "This request may not come from another site."


class AdministratorsOnly(Forbidden):
    code = "administrators_only"
    detail = "Only administrators may do this."


async def get_current_user(request: Request) -> Caller:
    """Return whom the route's class has let in. It is ``SecureRoute`` that authenticates."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None:
        # A route that asks for the caller but is public by mistake stays closed.
        raise Unauthorized
    return caller


CurrentUser = Annotated[Caller, Depends(get_current_user)]


async def get_reader(request: Request) -> Caller | None:
    """Return who reads, where nobody has to sign in for it."""
    caller: Caller | None = getattr(request.state, "caller", None)
    return caller


Reader = Annotated[Caller | None, Depends(get_reader)]


async def get_admin(user: CurrentUser) -> Caller:
    require_admin(user)
    return user


AdminUser = Annotated[Caller, Depends(get_admin)]


def require_admin(user: Caller) -> None:
    if not user.is_admin:
        raise AdministratorsOnly


def asks_for_admin(dependant: Dependant) -> bool:
    """Tell whether a route is for administrators, from what it depends on."""
    return any(one.call is get_admin or asks_for_admin(one) for one in dependant.dependencies)


async def require_same_origin(request: Request, settings: SettingsDep) -> None:
    """Keep other sites from using the cookie, or from signing a visitor in as somebody else."""
    refuse_other_sites(request, settings)


def refuse_other_sites(request: HTTPConnection, settings: SecuritySettings) -> None:
    """Refuse what the page of another site has sent.

    Every current browser sends both headers with a POST, and the first with a WebSocket. Who sends
    neither is no browser, and no other site's script can make it send a cookie.
    """
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if origin is None:
        is_ours = site in ("same-origin", "none")
    else:
        scheme = request.scope["scheme"].replace("ws", "http")
        own = f"{scheme}://{request.headers['host']}"
        is_listed = origin in settings.cors_origins
        is_ours = is_listed or (origin == own and site == "same-origin")
    if not is_ours:
        raise CrossOriginRefused


async def limit_login_failures(limiter: LimiterDep, rate: FailureRateDep) -> AsyncIterator[None]:
    """Count what fails by address, whatever name was tried. A success does not clear it."""
    key = rate_key(current_context().client)
    await limiter.refuse_if_spent(LOGIN_FAILURES, key)
    try:
        yield
    except InvalidCredentials:
        rate.count()
        with suppress(TooManyRequests):
            await limiter.spend(LOGIN_FAILURES, key)
        raise


def make_page(query: PageQuery, user: Caller | None, settings: SettingsDep) -> PageRequest:
    """Bind a slice to its reader and filters: a cursor of another list does not fit.

    A list that everybody may read is the same for all of them, and is bound to nobody.
    """
    return PageRequest(
        limit=query.limit,
        cursor=query.cursor,
        caller_id=None if user is None else user.user_id,
        keys=tuple(keyring(settings, CURSOR).values()),
        query=query.model_dump_json(exclude={"limit", "cursor"}, exclude_none=True),
    )


async def get_page(
    query: Annotated[PageQuery, Query()], user: CurrentUser, settings: SettingsDep
) -> PageRequest:
    return make_page(query, user, settings)


PageParams = Annotated[PageRequest, Depends(get_page)]
