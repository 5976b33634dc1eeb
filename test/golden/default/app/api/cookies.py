"""The two cookies: the refresh token, and the mark of a browser that has signed in before."""

from typing import Annotated

from fastapi import Depends, Request, Response

from app.core.config import SecuritySettings
from app.dependencies import SettingsDep
from app.services.known_device import LIFETIME
from app.services.session import Tokens
from app.utils.helpers import utc_now

REFRESH = "refresh_token"
DEVICE = "known_device"
LONGEST_VALUE = 256


def cookie_name(settings: SecuritySettings, name: str) -> str:
    # The prefix makes browsers insist on Secure, Path=/ and no Domain, so that no neighbouring
    # subdomain can plant one. Development speaks plain http, where they would refuse it.
    return f"__Host-{name}" if settings.is_production else name


def _read(request: Request, settings: SecuritySettings, name: str) -> str | None:
    value = request.cookies.get(cookie_name(settings, name))
    return value if value and len(value) <= LONGEST_VALUE else None


def read_refresh_token(request: Request, settings: SecuritySettings) -> str | None:
    return _read(request, settings, REFRESH)


async def get_refresh_token(request: Request, settings: SettingsDep) -> str | None:
    return read_refresh_token(request, settings)


async def get_known_device(request: Request, settings: SettingsDep) -> str | None:
    return _read(request, settings, DEVICE)


RefreshCookie = Annotated[str | None, Depends(get_refresh_token)]
DeviceCookie = Annotated[str | None, Depends(get_known_device)]


def set_refresh_token(response: Response, settings: SecuritySettings, tokens: Tokens) -> None:
    seconds = round((tokens.refresh_expires_at - utc_now()).total_seconds())
    _set(response, settings, REFRESH, tokens.refresh_token, seconds)


def set_known_device(response: Response, settings: SecuritySettings, value: str) -> None:
    _set(response, settings, DEVICE, value, int(LIFETIME.total_seconds()))


def forget_sign_in(response: Response, settings: SecuritySettings) -> None:
    """Take the cookie back, with the flags it was set with, and whatever a page has kept."""
    _set(response, settings, REFRESH, "", 0)
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'


def _set(
    response: Response, settings: SecuritySettings, name: str, value: str, seconds: int
) -> None:
    # Every value is of our own making: base64url, digits and dots.
    flags = "; Secure" if settings.is_production else ""
    response.headers.append(
        "Set-Cookie",
        f"{cookie_name(settings, name)}={value}; Max-Age={seconds}; Path=/"
        f"{flags}; HttpOnly; SameSite=Strict",
    )
