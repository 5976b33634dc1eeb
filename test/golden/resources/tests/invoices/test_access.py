"""Who may do what with invoices: their owner alone."""

from typing import Any
from uuid import uuid4

import pytest

from tests.invoices.rows import PATH, create_invoice, new_invoice
from tests.support.inspector import Inspector
from tests.support.people import Person

ANY = {"If-Match": "*"}


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
async def test_somebody_elses_row_looks_like_none(alice: Person, bob: Person, method: str) -> None:
    """AUTHZ-02, AUTHZ-04: the same 404, byte for byte, and nothing has changed."""
    row = await create_invoice(alice)
    body: dict[str, Any] | None = {} if method == "PATCH" else None

    theirs = await bob.client.request(method, f"{PATH}/{row['id']}", json=body, headers=ANY)
    nobodys = await bob.client.request(method, f"{PATH}/{uuid4()}", json=body, headers=ANY)

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.json() | {"request_id": ""} == nobodys.json() | {"request_id": ""}
    assert theirs.headers.keys() == nobodys.headers.keys()
    assert (await alice.client.get(f"{PATH}/{row['id']}")).json() == row


async def test_a_list_holds_ones_own_rows_only(alice: Person, bob: Person) -> None:
    """AUTHZ-03."""
    hers = await create_invoice(alice)
    his = await create_invoice(bob)

    assert (await alice.client.get(PATH)).json() == {"items": [hers], "next_cursor": None}
    assert (await bob.client.get(PATH)).json() == {"items": [his], "next_cursor": None}


@pytest.mark.parametrize(
    "name", ["id", "owner_id", "created_at", "updated_at", "deleted_at", "role"]
)
async def test_a_client_sets_no_more_than_the_fields(alice: Person, bob: Person, name: str) -> None:
    """AUTHZ-05: mass assignment is refused, on the way in and on every change."""
    row = await create_invoice(alice)
    stolen: dict[str, Any] = {name: str(bob.id)}

    created = await alice.client.post(PATH, json=await new_invoice(alice) | stolen)
    changed = await alice.client.patch(f"{PATH}/{row['id']}", json=stolen, headers=ANY)

    assert created.status_code == changed.status_code == 422
    assert created.json()["errors"][0]["loc"] == ["body", name]
    assert (await alice.client.get(PATH)).json()["items"] == [row]


async def test_rows_go_with_their_owner(alice: Person, database: Inspector) -> None:
    """DATA-05: nothing is left of somebody who has left."""
    await create_invoice(alice)
    assert await database.count("invoices") == 1

    response = await alice.client.delete("/users/me")

    assert response.status_code == 204
    assert await database.count("invoices") == 0


async def test_an_export_holds_ones_rows(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AUTHZ-03: all of one's own, also beyond a batch, and nobody else's."""
    monkeypatch.setattr("app.services.export.BATCH", 1)
    hers = [await create_invoice(alice) for _ in range(2)]
    his = await create_invoice(bob)

    export = await alice.client.get("/users/me/export")

    rows = export.json()["records"]["invoices"]
    assert [row["id"] for row in rows] == [row["id"] for row in hers]
    assert his["id"] not in export.text
