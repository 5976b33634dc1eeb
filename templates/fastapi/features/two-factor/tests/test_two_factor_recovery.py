"""Recovery codes: for the day the app is lost."""

from typing import Any

from app.core.one_time_code import plain
from app.core.security import digest
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, log_in
from tests.support.second_factor import PATH, confirm, log_in_with, start, turn_off, turn_on

USED = "SELECT actor_id, details FROM audit_events WHERE event = 'recovery_code_used'"


async def state(person: Person) -> dict[str, Any]:
    answer: dict[str, Any] = (await person.client.get(PATH)).json()
    return answer


async def test_a_recovery_code_signs_in_once(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-06."""
    app = await turn_on(alice)
    code = app.recovery_codes[3]

    first = await log_in_with(browser(), code)
    again = await log_in_with(browser(), code)
    other = await log_in_with(browser(), app.recovery_codes[4].upper().replace("-", ""))

    assert (first.status_code, other.status_code) == (200, 200)
    assert (again.status_code, again.json()["code"]) == (401, "invalid_otp")
    assert (await state(alice))["recovery_codes_left"] == 8
    rows = await database.rows(USED)
    assert [str(row.actor_id).replace("-", "") for row in rows] == [alice.id.hex] * 2
    assert [left for row in rows for left in ("9", "8") if left in str(row.details)] == ["9", "8"]


async def test_recovery_codes_are_stored_as_hashes(alice: Person, database: Inspector) -> None:
    """TFA-06, SESS-09."""
    app = await turn_on(alice)

    stored = {row[0] for row in await database.rows("SELECT code_hash FROM recovery_codes")}
    dump = (await database.dump()).upper()

    assert len(app.recovery_codes) == 10
    assert stored == {digest(plain(code)) for code in app.recovery_codes}
    assert not [code for code in app.recovery_codes if code.upper() in dump or plain(code) in dump]


async def test_a_recovery_code_is_its_owners(
    alice: Person, bob: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-06."""
    app = await turn_on(alice)
    await turn_on(bob)

    stolen = await log_in_with(browser(), app.recovery_codes[0], "bob")

    assert stolen.json()["code"] == "invalid_otp"
    assert await database.count("recovery_codes") == 20


async def test_a_new_set_replaces_the_old(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-06."""
    app = await turn_on(alice)

    response = await alice.client.post(f"{PATH}/recovery-codes", json={"otp": app.code(1)})
    new = response.json()["recovery_codes"]

    assert response.status_code == 200
    assert len({*new, *app.recovery_codes}) == 20
    assert (await log_in_with(browser(), app.recovery_codes[0])).status_code == 401
    assert (await log_in_with(browser(), new[0])).status_code == 200
    assert await database.count("recovery_codes") == 9
    renewed = "SELECT count(*) FROM audit_events WHERE event = 'recovery_codes_renewed'"
    assert await database.scalar(renewed) == 1


async def test_new_codes_need_a_right_code(alice: Person, database: Inspector) -> None:
    """TFA-06, TFA-08."""
    before = await alice.client.post(f"{PATH}/recovery-codes", json={"otp": "123456"})
    app = await turn_on(alice)
    refused = await alice.client.post(f"{PATH}/recovery-codes", json={"otp": app.wrong_code()})
    left = await database.rows("SELECT code_hash FROM recovery_codes")

    assert before.json()["code"] == "two_factor_not_enabled"
    assert refused.json()["code"] == "invalid_otp"
    assert {row[0] for row in left} == {digest(plain(code)) for code in app.recovery_codes}


async def test_a_recovery_code_turns_it_off_and_goes_with_it(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-06: the way out for whoever has lost the app."""
    app = await turn_on(alice)

    assert (await turn_off(alice, app.recovery_codes[0])).status_code == 204

    assert await database.count("recovery_codes") == 0
    assert len(await database.rows(USED)) == 1
    assert (await log_in(browser(), "alice")).status_code == 200


async def test_a_recovery_code_confirms_no_app(alice: Person) -> None:
    """TFA-01: only a code shows that the app has the secret."""
    app = await turn_on(alice)
    await turn_off(alice, app.code(1))
    await start(alice)

    assert (await confirm(alice, app.recovery_codes[0])).json()["code"] == "invalid_otp"
