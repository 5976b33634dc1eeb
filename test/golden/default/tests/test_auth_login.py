"""Signing in."""

import re

import pytest
from httpx import Response

from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, Browser, Person, log_in

SET_HASH = "UPDATE users SET hashed_password = :hash"
OWN = {"x-request-id", "date"}


def shape(response: Response) -> tuple[int, dict[str, str], dict[str, str]]:
    """Everything that a client can tell apart, but for the request's id."""
    body = response.json() | {"request_id": ""}
    return response.status_code, body, {k: v for k, v in response.headers.items() if k not in OWN}


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize("name", ["alice", "ALICE", "alice@example.com", "Alice@EXAMPLE.com"])
async def test_people_sign_in_by_name_or_address(browser: Browser, name: str) -> None:
    response = await log_in(browser(), name)

    assert response.status_code == 200
    assert response.json().keys() == {"access_token", "token_type", "expires_in"}
    assert response.json()["token_type"] == "bearer"
    assert response.json()["expires_in"] == 900
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.usefixtures("alice")
async def test_the_refresh_token_is_in_a_cookie_only(browser: Browser) -> None:
    """SESS-10, SESS-12."""
    response = await log_in(browser(), "alice")

    cookie = response.headers.get_list("set-cookie")[0]
    token = re.fullmatch(
        r"refresh_token=([A-Za-z0-9_-]{43}); Max-Age=1209600; Path=/; HttpOnly; SameSite=Strict",
        cookie,
    )
    assert token is not None
    assert token[1] not in response.text


@pytest.mark.usefixtures("alice", "bob")
@pytest.mark.environment(FORCE_HTTPS="false")
async def test_what_is_wrong_looks_the_same(browser: Browser) -> None:
    """AUTH-03: an unknown name, a wrong password, an inactive account with the right one."""
    database_says = await log_in(browser(), "nobody")
    wrong = await log_in(browser(), "alice", "another long passphrase")
    long = await log_in(browser(), "alice", "x" * 500)

    assert database_says.status_code == 401
    assert database_says.json()["code"] == "invalid_credentials"
    assert database_says.headers["www-authenticate"] == "Bearer"
    assert shape(database_says) == shape(wrong) == shape(long)


@pytest.mark.usefixtures("alice")
async def test_an_inactive_account_looks_like_none(browser: Browser, database: Inspector) -> None:
    """AUTH-03."""
    await database.execute("UPDATE users SET is_active = false")

    inactive = await log_in(browser(), "alice")

    assert shape(inactive) == shape(await log_in(browser(), "nobody"))
    assert inactive.status_code == 401


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        pytest.param("text/plain", "username=alice&password=x", 415, id="plain text"),
        pytest.param("application/json", '{"username":"alice"}', 415, id="JSON"),
        pytest.param(
            "application/x-www-form-urlencoded",
            f'{{"username":"alice","password":"{PASSWORD}"}}',
            422,
            id="JSON called a form",
        ),
        pytest.param("application/x-www-form-urlencoded", "username=alice", 422, id="no password"),
        pytest.param(
            "application/x-www-form-urlencoded",
            "username=alice&password=x&otp=1&admin=1",
            422,
            id="unknown field",
        ),
        pytest.param(
            "application/x-www-form-urlencoded",
            "username=ali%00ce&password=x",
            422,
            id="NUL",
        ),
        pytest.param(
            "application/x-www-form-urlencoded",
            f"username=alice&password={'x' * 5000}",
            422,
            id="long password",
        ),
    ],
)
async def test_only_a_form_signs_in(
    browser: Browser, content_type: str, body: str, status: int
) -> None:
    """AUTH-21, DOS-04."""
    response = await browser().post(
        "/auth/login", content=body, headers={"Content-Type": content_type}
    )

    assert response.status_code == status
    assert "set-cookie" not in response.headers
    assert PASSWORD not in response.text


@pytest.mark.usefixtures("alice")
async def test_credentials_do_not_travel_in_the_query(browser: Browser) -> None:
    """AUTH-22."""
    credentials = {"username": "alice", "password": PASSWORD}

    response = await browser().post("/auth/login", params=credentials)
    both = await browser().post("/auth/login", params=credentials, data=credentials)

    assert (response.status_code, both.status_code) == (422, 422)
    assert PASSWORD not in response.text


async def test_the_events_of_signing_in_are_recorded(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """LOG-02, DATA-05: an unknown name is kept as a keyed hash only."""
    await log_in(browser(), "alice", "another long passphrase")
    await log_in(browser(), "somebody-unknown")

    rows = await database.rows("SELECT event, actor_id, target FROM audit_events ORDER BY seq")
    events = [row.event for row in rows]
    assert events == ["registered", "login_succeeded", "login_failed", "login_failed"]
    assert rows[1].actor_id is not None
    assert str(rows[2].target).replace("-", "") == alice.id.hex
    assert re.fullmatch("[0-9a-f]{64}", rows[3].target)
    assert "somebody-unknown" not in await database.dump()
