"""Whoever owns an account is told of what happens to its second factor: it may be a thief."""

from pathlib import Path

import pytest

from app.config import Settings
from tests.support.commands import run_command
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, assert_no_link, until_sent
from tests.support.people import Browser, Person
from tests.support.second_factor import PATH, log_in_with, start, turn_off, turn_on

ON, OFF = "Your second factor is on", "Your second factor is off"
RENEWED, USED = "You have new recovery codes", "A recovery code was used"


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


def subjects(mailbox: Mailbox, person: Person) -> list[str]:
    told = [mail["Subject"].partition(" - ")[0] for mail in mailbox.all(person.email)]
    return [subject for subject in told if subject in (ON, OFF, RENEWED, USED)]


async def test_every_change_is_told(
    alice: Person, bob: Person, browser: Browser, mailbox: Mailbox, database: Inspector
) -> None:
    """TFA-08, AUTH-17: ASVS 6.3.7; the mail holds neither code nor link."""
    app = await turn_on(alice)
    await mailbox.last(alice.email, ON)
    assert (await log_in_with(browser(), app.recovery_codes[0])).status_code == 200
    await mailbox.last(alice.email, USED)
    renewed = await alice.client.post(f"{PATH}/recovery-codes", json={"otp": app.code(1)})
    await mailbox.last(alice.email, RENEWED)
    codes = renewed.json()["recovery_codes"]
    assert (await turn_off(alice, codes[0])).status_code == 204
    await mailbox.last(alice.email, OFF)

    await until_sent(database)
    assert sorted(subjects(mailbox, alice)) == sorted([ON, USED, RENEWED, USED, OFF])
    assert subjects(mailbox, bob) == []
    for subject in (ON, USED, RENEWED, OFF):
        mail = await mailbox.last(alice.email, subject)
        assert_no_link(mail)
        assert not any(code in mail.get_content() for code in (*app.recovery_codes, *codes))


async def test_what_did_not_happen_is_not_told(
    alice: Person, mailbox: Mailbox, database: Inspector
) -> None:
    """TFA-08: a wrong code changes nothing."""
    app = await start(alice)
    wrong = await alice.client.post(f"{PATH}/confirm", json={"otp": app.wrong_code()})

    assert wrong.status_code == 401
    await until_sent(database)
    assert subjects(mailbox, alice) == []


async def test_what_an_operator_does_is_told_too(
    alice: Person,
    mailbox: Mailbox,
    program: Path,
    environment: dict[str, str],
) -> None:
    """TFA-10: whoever has talked an operator into it is noticed."""
    await turn_on(alice)

    assert (await run_command(program, environment, "two-factor", "reset", "alice")).returncode == 0

    await mailbox.last(alice.email, OFF)
