"""The cookies of production."""

from datetime import timedelta

from fastapi import Response

from app.api.cookies import forget_sign_in, set_known_device, set_refresh_token
from app.services.session import Tokens
from app.utils.helpers import utc_now
from tests.support.configured import production_settings


def test_the_cookies_belong_to_one_host_and_to_no_script() -> None:
    """SESS-12."""
    response = Response()
    tokens = Tokens("access", 900, "refresh", utc_now() + timedelta(days=14))

    set_refresh_token(response, production_settings(), tokens)
    set_known_device(response, production_settings(), "device")

    flags = "Path=/; Secure; HttpOnly; SameSite=Strict"
    assert response.headers.getlist("set-cookie") == [
        f"__Host-refresh_token=refresh; Max-Age=1209600; {flags}",
        f"__Host-known_device=device; Max-Age=15552000; {flags}",
    ]


def test_signing_out_takes_the_cookie_back_with_its_flags() -> None:
    """SESS-14."""
    response = Response()

    forget_sign_in(response, production_settings())

    assert response.headers.getlist("set-cookie") == [
        "__Host-refresh_token=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict"
    ]
    assert response.headers["clear-site-data"] == '"cookies", "storage"'
