"""Signing in and out: open to everybody, but not to other sites."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response, status

from app.api.authentication import bearer_token
from app.api.cookies import (
    DeviceCookie,
    RefreshCookie,
    forget_sign_in,
    set_known_device,
    set_refresh_token,
)
from app.api.deps import limit_login_failures, require_same_origin
from app.api.refreshing import RefreshRoute
from app.api.routing import PublicRoute
from app.core.errors import Unauthorized
from app.core.security import AccessClaims, read_access_token
from app.dependencies import HasherDep, SessionDep, SessionsDep, SettingsDep
from app.schemas.auth import TokenOut
from app.schemas.login import LoginForm
from app.services import auth as service
from app.services import refresh as refresh_service
from app.services.auth import SignIn
from app.services.session import Tokens

router = APIRouter(
    prefix="/auth",
    tags=["auth"],
    route_class=PublicRoute,
    dependencies=[Depends(require_same_origin)],
)


async def get_claims(request: Request, settings: SettingsDep) -> AccessClaims | None:
    try:
        return read_access_token(settings, bearer_token(request))
    except Unauthorized:
        # Whoever signs out with an old access token still has the cookie.
        return None


async def get_attempt(
    form: Annotated[LoginForm, Form()], device: DeviceCookie, cookie: RefreshCookie
) -> SignIn:
    return SignIn(form, device=device, refresh_token=cookie)


@router.post("/login", response_model=TokenOut, dependencies=[Depends(limit_login_failures)])
async def login(
    sessions: SessionsDep,
    hasher: HasherDep,
    settings: SettingsDep,
    attempt: Annotated[SignIn, Depends(get_attempt)],
    response: Response,
) -> Tokens:
    """Sign in with e-mail address or user name; the refresh token comes as a cookie."""
    signed_in = await service.log_in(sessions, hasher, settings, attempt)
    set_refresh_token(response, settings, signed_in.tokens)
    if signed_in.device is not None:
        set_known_device(response, settings, signed_in.device)
    return signed_in.tokens


async def refresh(
    session: SessionDep, settings: SettingsDep, cookie: RefreshCookie, response: Response
) -> Tokens:
    """Trade the cookie for a new access token; the cookie is replaced too."""
    tokens = await refresh_service.rotate(session, settings, cookie)
    set_refresh_token(response, settings, tokens)
    return tokens


# The decorators take no class of a route.
router.add_api_route(
    "/refresh",
    refresh,
    methods=["POST"],
    response_model=TokenOut,
    route_class_override=RefreshRoute,
)


@router.post("/logout", status_code=status.HTTP_204_NO_CONTENT)
async def logout(
    session: SessionDep,
    settings: SettingsDep,
    claims: Annotated[AccessClaims | None, Depends(get_claims)],
    cookie: RefreshCookie,
    response: Response,
) -> None:
    """Sign out: the access token is dead at once too. Fine to repeat."""
    await service.log_out(session, claims, cookie)
    forget_sign_in(response, settings)
