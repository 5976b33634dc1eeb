"""How often who may do what."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    rule: str
    route: str = ""
    """The one route that it counts: method and path, below the prefix of the API."""

    is_auth: bool = False
    """Replaced by RATE_LIMIT_AUTH, else by RATE_LIMIT_DEFAULT; refuses when nothing can count."""


# What counts for a route that no limit names: AUTH below /auth, else by whether it asks who calls.
ANONYMOUS = "anonymous"
SIGNED_IN = "signed_in"
AUTH = "auth"
LOGIN_FAILURES = "login_failures"

LIMITS: Mapping[str, Limit] = {
    ANONYMOUS: Limit("60/minute"),
    SIGNED_IN: Limit("300/minute"),
    AUTH: Limit("60/minute", is_auth=True),
    "login": Limit("10/minute", "POST /auth/login", is_auth=True),
    LOGIN_FAILURES: Limit("20/15 minute", is_auth=True),
    "register": Limit("5/hour", "POST /auth/register", is_auth=True),
    # For each sign-in; what is no refresh token, by address (app.api.refreshing).
    "refresh": Limit("30/minute", "POST /auth/refresh", is_auth=True),
    "change_password": Limit("10/minute", "POST /auth/password", is_auth=True),
    "export_me": Limit("10/hour", "GET /users/me/export"),
}

BY_ROUTE = {limit.route: name for name, limit in LIMITS.items() if limit.route}
