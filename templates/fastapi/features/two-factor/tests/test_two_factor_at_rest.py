"""What is kept of a second factor, where, and for how long."""

import base64
import secrets
from pathlib import Path

from sqlalchemy import select, update

from app.models import TwoFactor
from tests.support.commands import run_command
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, log_in
from tests.support.second_factor import (
    PATH,
    confirm,
    log_in_with,
    start,
    turn_off,
    turn_on,
)
from tests.support.server import StartServer


async def test_the_secret_is_stored_encrypted(
    alice: Person, bob: Person, database: Inspector
) -> None:
    """TFA-07, DATA-01: for both, and before it is confirmed too."""
    apps = [await turn_on(alice), await start(bob)]

    sealed = [row[0] for row in await database.rows("SELECT secret FROM two_factors")]
    dump = (await database.dump()).upper()

    assert all(text.startswith("v1.test.") for text in sealed)
    for app in apps:
        raw = base64.b32decode(app.secret)
        for form in (app.secret, raw.hex(), base64.b64encode(raw).decode()):
            assert form.upper() not in dump


async def test_a_secret_does_not_open_in_another_row(
    alice: Person, bob: Person, browser: Browser, database: Inspector
) -> None:
    """TFA-07, DATA-02: with write access to the table, a known secret still signs in nobody."""
    await turn_on(alice)
    mine = await turn_on(bob)
    known = select(TwoFactor.secret_ciphertext).where(TwoFactor.owner_id == bob.id)
    copied = {"secret_ciphertext": await database.scalar(known), "last_step": None}
    await database.execute(update(TwoFactor).where(TwoFactor.owner_id == alice.id).values(copied))

    response = await log_in_with(browser(), mine.code())

    assert response.status_code == 500
    assert "set-cookie" not in response.headers
    query = "SELECT target FROM audit_events WHERE event = 'decryption_failed'"
    assert str(await database.scalar(query)).startswith("two_factors.secret.")


async def test_keys_rotate_under_the_secret(
    alice: Person,
    database: Inspector,
    program: Path,
    environment: dict[str, str],
    start_server: StartServer,
) -> None:
    """TFA-07, CONF-06: it is found by ``keys rotate``, and the old key is not needed any more."""
    app = await turn_on(alice)
    new = f"next:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    both = {"ENCRYPTION_KEYS": f"{new},{environment['ENCRYPTION_KEYS']}"}

    result = await run_command(program, environment | both, "keys", "rotate")
    sealed = await database.scalar("SELECT secret FROM two_factors")
    async with start_server(ENCRYPTION_KEYS=new).client() as client:
        response = await log_in_with(client, app.code(1))

    assert result.returncode == 0, result.stderr
    assert sealed.startswith("v1.next.")
    assert response.status_code == 200


async def test_the_export_says_that_it_is_on_and_nothing_more(alice: Person) -> None:
    """TFA-11, AUTHZ-10."""
    app = await turn_on(alice)

    response = await alice.client.get("/users/me/export")

    records = response.json()["records"]
    (two_factor,) = records["two_factors"]
    assert two_factor["confirmed_at"] is not None
    assert two_factor.keys() == {"id", "created_at", "updated_at", "confirmed_at"}
    assert [code.keys() for code in records["recovery_codes"]] == [{"id", "created_at"}] * 10
    assert app.secret not in response.text
    assert "v1.test." not in response.text


async def test_it_goes_with_the_account(alice: Person, bob: Person, database: Inspector) -> None:
    """TFA-11, DATA-05."""
    await turn_on(alice)
    await turn_on(bob)

    assert (await alice.client.delete("/users/me")).status_code == 204

    assert await database.count("two_factors") == 1
    assert await database.count("recovery_codes") == 10
    assert (await bob.client.get(PATH)).json()["enabled"] is True


async def test_nothing_of_it_is_logged_or_recorded(
    start_server: StartServer, alice: Person, database: Inspector
) -> None:
    """TFA-11, LOG-01: neither secret nor code, used, wrong or in the wrong place."""
    server = start_server(LOG_LEVEL="DEBUG")
    async with server.client() as client:
        token = (await log_in(client, "alice")).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        person = Person(alice.id, alice.email, alice.username, alice.password, client)
        app = await turn_on(person)
        used, wrong, recovery = app.code(1), "918273", app.recovery_codes[0]
        await log_in_with(client, used)
        await log_in_with(client, wrong)
        await log_in_with(client, recovery)
        await confirm(person, wrong)
        await client.post("/auth/login", params={"otp": used})
        await client.post(f"{PATH}/confirm", json={"otp": used, "extra": recovery})
        await client.post(f"{PATH}/confirm", content=f'{{"otp": "{recovery}"')
        await turn_off(person, app.recovery_codes[1])
    server.stop()

    log, dump = server.log, await database.dump()
    assert "/auth/two-factor/confirm" in log
    for hidden in (app.secret, used, wrong, *app.recovery_codes):
        assert hidden not in log
        assert hidden not in dump
