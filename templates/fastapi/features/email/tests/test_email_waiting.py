"""Mail that has waited: the world may be another one when it is written at last."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.config import Settings
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, assert_no_link, token_in
from tests.support.mail_age import age_mail
from tests.support.mail_sending import deliver_all, unsent
from tests.support.people import NEW_PASSWORD, PASSWORD, Person, register

NEW = "new@example.com"
MOVE = {"email": NEW, "current_password": PASSWORD}
CHANGE = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


@unsent
async def test_a_new_password_stops_a_move_whose_mail_still_waits(
    alice: Person, api: FastAPI, mailbox: Mailbox
) -> None:
    """AUTH-17: the mail server was away while both happened."""
    assert (await alice.client.patch("/users/me", json=MOVE)).status_code == 200
    assert (await alice.client.post("/auth/password", json=CHANGE)).status_code == 204

    await deliver_all(api)

    assert mailbox.all(NEW) == []
    assert len(mailbox.all(alice.email, "is about to change")) == 1


@unsent
async def test_an_old_confirmation_does_not_move_the_account_back(
    alice: Person, api: FastAPI, mailbox: Mailbox, database: Inspector
) -> None:
    """AUTH-17: it was for the address of that time, which may be somebody else's by now."""
    await database.execute("UPDATE outgoing_mails SET due_at = '2099-01-01 00:00:00'")
    await alice.client.patch("/users/me", json=MOVE)
    await deliver_all(api)
    token = token_in(await mailbox.last(NEW))
    assert (await alice.client.post("/auth/verify-email", json={"token": token})).status_code == 204

    await database.execute("UPDATE outgoing_mails SET due_at = created_at")
    await deliver_all(api)

    assert mailbox.all(alice.email, "Confirm") == []
    assert await database.count("outgoing_mails") == 0


@unsent
async def test_a_warning_arrives_although_the_account_is_deleted(
    alice: Person, api: FastAPI, mailbox: Mailbox
) -> None:
    """AUTH-17: a thief cannot take it back that way."""
    await alice.client.post("/auth/password", json=CHANGE)
    again = MOVE | {"current_password": CHANGE["new_password"]}
    assert (await alice.client.patch("/users/me", json=again)).status_code == 200
    assert (await alice.client.delete("/users/me")).status_code == 204

    await deliver_all(api)

    subjects = [mail["Subject"].partition(" - ")[0] for mail in mailbox.all(alice.email)]
    assert subjects == ["Your password has changed", "Your e-mail address is about to change"]
    assert mailbox.all(NEW) == []


async def test_a_changed_password_is_told_to_its_owner(alice: Person, mailbox: Mailbox) -> None:
    """AUTH-16: the thief of a session and of the password cannot change it unnoticed."""
    assert (await alice.client.post("/auth/password", json=CHANGE)).status_code == 204

    assert_no_link(await mailbox.last(alice.email, "Your password has changed"))


@unsent
async def test_what_was_tampered_with_is_not_sent_and_stops_no_other(
    api: FastAPI, client: AsyncClient, database: Inspector, mailbox: Mailbox
) -> None:
    """DATA-01, DATA-02: another row's recipient does not open here; recorded once, it stays."""
    for name in ("first", "second"):
        await register(client, name)
    sealed = await database.scalar("SELECT max(recipient) FROM outgoing_mails")
    await database.execute("UPDATE outgoing_mails SET recipient = :sealed", sealed=sealed)

    await deliver_all(api)

    assert len(list(mailbox.folder.iterdir())) == 1
    assert await database.rows("SELECT attempts FROM outgoing_mails") == [(1,)]
    recorded = "SELECT count(*) FROM audit_events WHERE event = 'decryption_failed'"
    assert await database.scalar(recorded) == 1

    await age_mail(database, timedelta(minutes=2))
    await deliver_all(api)
    assert await database.rows("SELECT attempts FROM outgoing_mails") == [(2,)]
    assert await database.scalar(recorded) == 1
