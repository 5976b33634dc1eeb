"""The cookies of production."""

import time
from datetime import timedelta
from typing import Any

import pytest
from fastapi import Request, Response
from httpx import AsyncClient
from starlette.types import Receive, Scope, Send

from app.api.cookies import forget_sign_in, set_known_device, set_refresh_token
from app.core.middleware import PlainCookies
from app.services.session import Tokens
from app.utils.helpers import utc_now
from tests.support.configured import production_settings
from tests.support.people import Person
from tests.support.sign_ins import COOKIE, token_of


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


@pytest.mark.parametrize("path", ["/auth/refresh", "/auth/logout"])
async def test_a_cookie_of_backslashes_costs_no_time(client: AsyncClient, path: str) -> None:
    """DOS-05: the framework unquotes every cookie, on every route, and some Pythons slowly."""
    cookie = 'x="' + "\\" * 15_000 + '"'
    took = []
    for _ in range(3):
        started = time.process_time()
        response = await client.post(path, headers={"Cookie": cookie})
        took.append(time.process_time() - started)
        assert response.status_code in (204, 401)

    assert min(took) < 0.2


async def test_only_cookies_that_nobody_may_set_are_dropped() -> None:
    seen: dict[str, str] = {}

    async def app(scope: Scope, _: Receive, __: Send) -> None:
        seen.update(Request(scope).cookies)

    headers = [(b"cookie", b'a=1; b="\\054"; c="2"; d'), (b"x-a", b"\\"), (b"cookie", b"\\; e=3")]
    scope: Scope = {"type": "http", "headers": headers}
    unused: Any = None
    await PlainCookies(app)(scope, unused, unused)

    assert seen == {"a": "1", "c": "2", "": "d", "e": "3"}


async def test_somebody_elses_cookie_signs_nobody_out(alice: Person) -> None:
    """What another program on our domain has set comes along."""
    ours = f"{COOKIE}={token_of(alice)}"

    response = await alice.client.post(
        "/auth/refresh", headers={"Cookie": f'basket="1\\0542"; {ours}'}
    )

    assert response.status_code == 200
