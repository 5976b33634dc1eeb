"""Signing in with a second factor."""

import pytest

from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, log_in
from tests.support.second_factor import forget_steps, log_in_with, start, turn_on
from tests.support.sign_ins import WRONG
from tests.test_auth_login import shape

FAILURES = "SELECT event, outcome, details FROM audit_events ORDER BY seq DESC LIMIT 1"


async def test_the_password_alone_opens_nothing(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-02: no token, no cookie, no session; the counter of failures stays."""
    await turn_on(alice)
    sessions = await database.count("sessions")

    response = await log_in(browser(), "alice")

    assert response.status_code == 401
    assert response.json()["code"] == "otp_required"
    assert response.headers["www-authenticate"] == "Bearer"
    assert "set-cookie" not in response.headers
    assert await database.count("sessions") == sessions
    assert await database.scalar("SELECT failures FROM login_throttles") == 1


async def test_an_empty_code_is_none(alice: Person, browser: Browser) -> None:
    """TFA-02: a form may show the field to everybody."""
    await turn_on(alice)

    assert (await log_in_with(browser(), "")).json()["code"] == "otp_required"


@pytest.mark.usefixtures("bob")
async def test_who_has_no_second_factor_is_not_asked(alice: Person, browser: Browser) -> None:
    """TFA-01: a secret that was not confirmed locks nobody out."""
    await start(alice)

    assert (await log_in(browser(), "alice")).status_code == 200
    assert (await log_in_with(browser(), "000000", "bob")).status_code == 200
    assert (await log_in_with(browser(), "", "bob")).status_code == 200


async def test_only_the_right_password_is_asked_for_a_code(alice: Person, browser: Browser) -> None:
    """TFA-02, AUTH-03: whoever lacks the password learns nothing, with the right code either."""
    app = await turn_on(alice)

    unknown = await log_in(browser(), "nobody", WRONG)
    without = await log_in(browser(), "alice", WRONG)
    with_code = await log_in_with(browser(), app.code(1), password=WRONG)

    assert unknown.json()["code"] == "invalid_credentials"
    assert shape(unknown) == shape(without) == shape(with_code)
    # The code was not used up by that: it is good still.
    assert (await log_in_with(browser(), app.code(1))).status_code == 200


async def test_both_factors_sign_in(alice: Person, browser: Browser, database: Inspector) -> None:
    """TFA-02: and the failures of both are forgotten."""
    app = await turn_on(alice)
    client = browser()
    await log_in(client, "alice")
    await log_in_with(client, app.wrong_code())

    response = await log_in_with(client, app.code(1))

    assert response.status_code == 200
    client.headers["Authorization"] = f"Bearer {response.json()['access_token']}"
    assert (await client.get("/users/me")).status_code == 200
    assert (await client.post("/auth/refresh")).status_code == 200
    assert await database.count("login_throttles") == 0


async def test_people_type_blanks(alice: Person, browser: Browser) -> None:
    """TFA-02: apps show the code in two halves."""
    code = (await turn_on(alice)).code(1)

    assert (await log_in_with(browser(), f" {code[:3]} {code[3:]}")).status_code == 200


async def test_a_code_is_good_once(alice: Person, browser: Browser, database: Inspector) -> None:
    """TFA-03: RFC 6238, 5.2; neither a used code nor an older one."""
    app = await turn_on(alice)
    now, later = app.code(), app.code(1)

    confirmed = await log_in_with(browser(), now)
    first = await log_in_with(browser(), later)
    again = await log_in_with(browser(), later)
    await database.execute("UPDATE two_factors SET last_step = last_step + 1")
    older = await log_in_with(browser(), later)

    assert first.status_code == 200
    for refused in (confirmed, again, older):
        assert refused.status_code == 401
        assert refused.json()["code"] == "invalid_otp"
        assert "set-cookie" not in refused.headers


async def test_an_old_code_is_not_good_any_more(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-04."""
    app = await turn_on(alice)
    await forget_steps(database)

    for steps in (-3, -2, 3):
        assert (await log_in_with(browser(), app.code(steps))).json()["code"] == "invalid_otp"
    assert (await log_in_with(browser(), app.code())).status_code == 200


@pytest.mark.parametrize(
    "otp",
    ["0", "abc", "'; DROP TABLE two_factors; --", "\u0661\u0662\u0663\u0664\u0665\u0666", "1" * 64],
)
async def test_junk_is_a_wrong_code(
    alice: Person, browser: Browser, database: Inspector, otp: str
) -> None:
    """TFA-05, LOG-02."""
    await turn_on(alice)

    response = await log_in_with(browser(), otp)

    assert (response.status_code, response.json()["code"]) == (401, "invalid_otp")
    row = (await database.rows(FAILURES))[0]
    assert (row.event, row.outcome) == ("login_failed", "failure")
    assert "invalid_otp" in str(row.details)
