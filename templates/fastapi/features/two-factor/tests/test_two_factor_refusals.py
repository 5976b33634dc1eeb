"""What a change of the second factor is refused for."""

from datetime import timedelta

import pytest
from fastapi import FastAPI

from app.core.limits import LOGIN_FAILURES
from app.core.rate_limit import RateLimited
from tests.support.ageing import age_sessions
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, log_in
from tests.support.second_factor import PATH, confirm, start, turn_off, turn_on


async def test_what_is_off_cannot_be_confirmed_or_turned_off(alice: Person) -> None:
    responses = [await confirm(alice, "123456"), await turn_off(alice, "123456")]
    await start(alice)
    responses.append(await turn_off(alice, "123456"))

    assert [response.status_code for response in responses] == [409] * 3
    assert {response.json()["code"] for response in responses} == {"two_factor_not_enabled"}


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", ""), ("POST", "/confirm"), ("POST", "/recovery-codes"), ("DELETE", "")],
)
async def test_every_change_needs_a_sign_in_of_the_last_ten_minutes(
    alice: Person, database: Inspector, method: str, path: str
) -> None:
    """TFA-08: before anything else; a right code does not help."""
    app = await turn_on(alice) if path == "/recovery-codes" or method == "DELETE" else None
    code = app.code(1) if app else (await start(alice)).code()
    before = await database.rows("SELECT id, secret, confirmed_at, last_step FROM two_factors")
    await age_sessions(database, timedelta(minutes=11))
    await alice.client.post("/auth/refresh")

    response = await alice.client.request(
        method, f"{PATH}{path}", json={"otp": code} if path or method == "DELETE" else None
    )

    assert response.status_code == 403
    assert response.json()["code"] == "reauthentication_required"
    after = await database.rows("SELECT id, secret, confirmed_at, last_step FROM two_factors")
    assert after == before
    assert await database.count("login_throttles") == 0


@pytest.mark.parametrize(
    "body", [{}, {"otp": ""}, {"otp": 123456}, {"otp": None}, {"otp": "1" * 65}]
)
async def test_a_code_is_a_short_text(alice: Person, body: dict[str, object]) -> None:
    """INPUT-10, ERR-02."""
    for method, path in (("POST", f"{PATH}/confirm"), ("DELETE", PATH)):
        response = await alice.client.request(method, path, json=body)

        assert response.status_code == 422
        assert response.json()["errors"][0]["loc"] == ["body", "otp"]
        assert "123456" not in response.text


@pytest.mark.environment(RATE_LIMIT_AUTH="", RATE_LIMIT_DEFAULT="")
async def test_wrong_codes_count_by_address_and_missing_ones_do_not(
    alice: Person, browser: Browser, api: FastAPI
) -> None:
    """TFA-05: an office of people who sign in with two factors is no attack."""
    app = await turn_on(alice)
    for _ in range(3):
        await log_in(browser(), "alice")
    for _ in range(2):
        await turn_off(alice, app.wrong_code())

    for _ in range(20 - 2):
        await api.state.limiter.spend(LOGIN_FAILURES, "127.0.0.1")
    with pytest.raises(RateLimited):
        await api.state.limiter.spend(LOGIN_FAILURES, "127.0.0.1")
