"""A new SECRET_KEY, with the old one in SECRET_KEY_PREVIOUS: nobody loses or gains by it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from app.config import Settings
from tests.support.ageing import age_throttles
from tests.support.inspector import Inspector
from tests.support.people import NEW_PASSWORD, PASSWORD, Browser, Person, log_in
from tests.support.sign_ins import WRONG, fail

NEW_SECRET = SecretStr("another secret of the same length, or nearly")
FAILURES = "SELECT max(failures) FROM login_throttles"

Rotate = Callable[[], None]


@pytest.fixture
def rotate(api: FastAPI, settings: Settings) -> Rotate:
    """Do what a restart with new settings does."""
    changes = {"secret_key": NEW_SECRET, "secret_key_previous": (settings.secret_key,)}

    def rotate() -> None:
        api.state.settings = settings.model_copy(update=changes)

    return rotate


@pytest.mark.parametrize("name", ["alice", "nobody"])
async def test_who_has_to_wait_goes_on_waiting(
    alice: Person, browser: Browser, database: Inspector, rotate: Rotate, name: str
) -> None:
    """CONF-06, AUTH-01, AUTH-02: and the next failure counts on from the last."""
    assert alice.username == "alice"
    await fail(browser(), name, 5)

    rotate()
    waiting = await log_in(browser(), name)
    await age_throttles(database, timedelta(seconds=31))
    (sixth,) = await fail(browser(), name, 1)
    seventh = await log_in(browser(), name)

    assert [answer.status_code for answer in (waiting, sixth, seventh)] == [429, 401, 429]
    assert await database.scalar(FAILURES) == 6
    assert int(seventh.headers["retry-after"]) > 30


@pytest.mark.usefixtures("alice")
async def test_a_success_forgets_what_the_old_secret_counted(
    browser: Browser, database: Inspector, rotate: Rotate
) -> None:
    """CONF-06: no counter is left that would come back."""
    await fail(browser(), "alice", 4)

    rotate()

    assert (await log_in(browser(), "alice")).status_code == 200
    assert await database.count("login_throttles") == 0


async def test_a_known_browser_stays_known(alice: Person, browser: Browser, rotate: Rotate) -> None:
    """CONF-06, RATE-08: the owner gets in although strangers guess, and its failures hold."""
    await fail(browser(), "alice", 5)

    rotate()

    assert (await log_in(browser(), "alice")).status_code == 429
    assert (await log_in(alice.client, "alice")).status_code == 200


async def test_guesses_of_a_known_browser_and_of_a_session_hold(
    alice: Person, bob: Person, rotate: Rotate
) -> None:
    """CONF-06, AUTH-16."""
    change = {"current_password": WRONG, "new_password": NEW_PASSWORD}
    await fail(bob.client, "bob", 5)
    for _ in range(5):
        await alice.client.post("/auth/password", json=change)

    rotate()
    right = change | {"current_password": PASSWORD}
    changed = await alice.client.post("/auth/password", json=right)

    assert (await log_in(bob.client, "bob")).status_code == 429
    assert changed.status_code == 429


async def test_a_page_goes_on(admin: Person, bob: Person, rotate: Rotate) -> None:
    """CONF-06, INPUT-12: a cursor from before."""
    assert bob.username == "bob"
    first = (await admin.client.get("/users", params={"limit": 1})).json()
    following = {"limit": 1, "cursor": first["next_cursor"]}

    rotate()
    second = await admin.client.get("/users", params=following)

    assert second.status_code == 200
    assert second.json()["items"][0]["id"] == str(admin.id)
