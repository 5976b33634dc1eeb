"""Turning the second factor on and off."""

from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, log_in, sign_in
from tests.support.second_factor import (
    PATH,
    confirm,
    forget_steps,
    log_in_with,
    start,
    turn_off,
    turn_on,
)

STATE = "SELECT confirmed_at FROM two_factors"
EVENTS = "SELECT event FROM audit_events WHERE event LIKE 'two_factor%' ORDER BY seq"


async def test_it_is_on_once_a_code_has_come_back(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-01."""
    off = (await alice.client.get(PATH)).json()
    app = await start(alice)
    started = (await alice.client.get(PATH)).json()
    assert (await log_in(browser(), "alice")).status_code == 200

    response = await confirm(alice, app.code())
    on = (await alice.client.get(PATH)).json()

    assert off == started == {"enabled": False, "enabled_at": None, "recovery_codes_left": 0}
    assert response.status_code == 200
    assert len(response.json()["recovery_codes"]) == 10
    assert response.headers["cache-control"] == "no-store"
    assert (on["enabled"], on["recovery_codes_left"]) == (True, 10)
    assert on["enabled_at"].endswith("Z")
    assert (await log_in(browser(), "alice")).json()["code"] == "otp_required"
    assert [row[0] for row in await database.rows(EVENTS)] == ["two_factor_enabled"]


async def test_a_wrong_first_code_turns_nothing_on(alice: Person, database: Inspector) -> None:
    """TFA-01."""
    app = await start(alice)

    response = await confirm(alice, app.wrong_code())

    assert (response.status_code, response.json()["code"]) == (401, "invalid_otp")
    assert await database.scalar(STATE) is None
    assert await database.count("recovery_codes") == 0
    assert (await confirm(alice, app.code())).status_code == 200


async def test_a_second_start_replaces_the_secret(alice: Person, database: Inspector) -> None:
    """TFA-01."""
    old, new = await start(alice), await start(alice)

    assert old.secret != new.secret
    assert (await confirm(alice, old.code())).json()["code"] == "invalid_otp"
    assert (await confirm(alice, new.code())).status_code == 200
    assert await database.count("two_factors") == 1


async def test_what_is_on_is_not_replaced(alice: Person, database: Inspector) -> None:
    """TFA-08: somebody else's app does not take the place of mine."""
    app = await turn_on(alice)
    before = await database.rows("SELECT id, secret FROM two_factors")

    responses = [await alice.client.post(PATH), await confirm(alice, app.code(1))]

    assert [response.status_code for response in responses] == [409, 409]
    assert {response.json()["code"] for response in responses} == {"two_factor_enabled"}
    assert await database.rows("SELECT id, secret FROM two_factors") == before


async def test_turning_it_on_ends_the_other_sign_ins(
    alice: Person, bob: Person, browser: Browser
) -> None:
    """TFA-08: those were made with the password alone; this one has shown a code."""
    other = browser()
    await sign_in(other, "alice")

    await turn_on(alice)

    assert (await other.get("/users/me")).status_code == 401
    assert (await other.post("/auth/refresh")).status_code == 401
    assert (await alice.client.get("/users/me")).status_code == 200
    assert (await alice.client.post("/auth/refresh")).status_code == 200
    assert (await bob.client.get("/users/me")).status_code == 200


async def test_turning_it_off_takes_a_code(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-08: and ends the other sign-ins."""
    app = await turn_on(alice)
    other = browser()
    signed_in = await log_in_with(other, app.code(1))
    other.headers["Authorization"] = f"Bearer {signed_in.json()['access_token']}"

    used = await turn_off(alice, app.code(1))
    wrong = await turn_off(alice, app.wrong_code())
    kept = (await alice.client.get(PATH)).json()["enabled"]
    await forget_steps(database)
    right = await turn_off(alice, app.code())

    assert [used.json()["code"], wrong.json()["code"], kept] == ["invalid_otp"] * 2 + [True]
    assert (right.status_code, right.content) == (204, b"")
    assert (await other.get("/users/me")).status_code == 401
    assert (await alice.client.get("/users/me")).status_code == 200
    assert (await log_in(browser(), "alice")).status_code == 200
    assert await database.count("two_factors") + await database.count("recovery_codes") == 0
    assert [row[0] for row in await database.rows(EVENTS)][-1] == "two_factor_disabled"
