"""Another e-mail address for an account."""

from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, Browser, Person, log_in

MOVE = {"email": "new@example.com", "current_password": PASSWORD}


async def test_an_address_changes_with_the_password(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """AUTH-17."""
    response = await alice.client.patch("/users/me", json=MOVE | {"email": "New@Example.com"})

    assert response.status_code == 200
    assert response.json()["email"] == "new@example.com"
    assert (await log_in(browser(), "new@example.com")).status_code == 200
    assert (await log_in(browser(), "alice@example.com")).status_code == 401
    changed = "SELECT count(*) FROM audit_events WHERE event = 'email_changed'"
    assert await database.scalar(changed) == 1
