"""Cookies and other sites (CSRF, login CSRF)."""

import pytest

from tests.support.people import PASSWORD, Person


@pytest.mark.environment(CORS_ORIGINS="https://app.example.com")
@pytest.mark.parametrize("path", ["/auth/refresh", "/auth/logout", "/auth/login"])
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Origin": "https://evil.example"}, id="foreign origin"),
        pytest.param({"Origin": "null"}, id="null origin"),
        pytest.param({"Origin": "https://app.example.com.evil.io"}, id="suffix"),
        pytest.param({"Origin": "http://app.example.com"}, id="plain http"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="cross-site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="neighbour"),
    ],
)
async def test_other_sites_use_no_cookie(alice: Person, path: str, headers: dict[str, str]) -> None:
    """SESS-13, AUTH-21: refused, and the token is not used up."""
    form = {"username": "alice", "password": PASSWORD} if path == "/auth/login" else None

    response = await alice.client.post(path, headers=headers, data=form)

    assert response.status_code == 403
    assert (await alice.client.post("/auth/refresh")).status_code == 200


@pytest.mark.environment(CORS_ORIGINS="https://app.example.com")
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Origin": "https://app.example.com"}, id="listed"),
        pytest.param(
            {"Origin": "https://app.example.com", "Sec-Fetch-Site": "cross-site"}, id="and far"
        ),
        pytest.param({"Origin": "https://localhost", "Sec-Fetch-Site": "same-origin"}, id="own"),
        pytest.param({}, id="no browser"),
    ],
)
async def test_our_own_pages_and_listed_ones_may_refresh(
    alice: Person, headers: dict[str, str]
) -> None:
    """SESS-13."""
    response = await alice.client.post("/auth/refresh", headers=headers)

    assert response.status_code == 200
