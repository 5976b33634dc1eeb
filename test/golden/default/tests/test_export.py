"""What people get when they ask what is held about them."""

from app.crud.personal import to_dict
from app.models import User
from tests.support.inspector import Inspector
from tests.support.people import Person, log_in


async def test_everything_about_the_caller_and_nothing_about_others(
    alice: Person, bob: Person
) -> None:
    """AUTHZ-03: profile, sessions, and what the audit log says about them."""
    await alice.client.patch("/users/me", json={"phone": "+4915112345678"})
    await log_in(bob.client, "alice", "not the password at all")

    response = await alice.client.get("/users/me/export")

    export = response.json()
    assert response.headers["content-disposition"].startswith("attachment")
    assert export["profile"] == (await alice.client.get("/users/me")).json()
    assert [session["current"] for session in export["sessions"]] == [True]
    events = [event["event"] for event in export["audit_events"]]
    assert sorted(events) == ["login_failed", "login_succeeded", "registered"]
    assert str(bob.id) not in response.text
    assert bob.email not in response.text


async def test_an_export_holds_no_secret(alice: Person) -> None:
    """AUTHZ-10."""
    text = (await alice.client.get("/users/me/export")).text

    for secret in ("argon2", "hashed_password", "token_hash", alice.access_token, '"mac"'):
        assert secret not in text


async def test_an_export_is_recorded(alice: Person, database: Inspector) -> None:
    """LOG-02."""
    await alice.client.get("/users/me/export")

    query = "SELECT target FROM audit_events WHERE event = 'data_exported'"
    assert await database.scalar(query) == str(alice.id)


async def test_what_administrators_did_is_told_without_who_they_are(
    admin: Person, alice: Person
) -> None:
    await admin.client.get(f"/users/{alice.id}")

    response = await alice.client.get("/users/me/export")

    reads = [e for e in response.json()["audit_events"] if e["event"] == "admin_read"]
    assert [(read["actor_id"], read["ip"]) for read in reads] == [(None, None)]
    assert str(admin.id) not in response.text


async def test_nobody_exports_without_signing_in(alice: Person) -> None:
    del alice.client.headers["Authorization"]

    assert (await alice.client.get("/users/me/export")).status_code == 401


def test_a_row_is_shown_without_secrets_and_decrypted() -> None:
    """AUTHZ-10: how rows of every owned table are exported."""
    user = User(username="alice", hashed_password="$argon2id$", phone=None)

    shown = to_dict(user)

    assert shown["username"] == "alice"
    assert "phone" in shown
    assert not {"hashed_password", "phone_ciphertext"} & shown.keys()
