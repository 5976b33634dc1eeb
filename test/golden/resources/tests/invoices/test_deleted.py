"""Invoices that are deleted stay, and nobody sees them."""

from tests.invoices.rows import PATH, create_invoice, new_invoice
from tests.support.inspector import Inspector
from tests.support.people import Person

ANY = {"If-Match": "*"}


async def test_a_deleted_row_is_gone_for_everybody_and_kept(
    alice: Person, database: Inspector
) -> None:
    """DATA-05."""
    row = await create_invoice(alice)
    path = f"{PATH}/{row['id']}"

    assert (await alice.client.delete(path, headers=ANY)).status_code == 204

    assert (await alice.client.get(path)).status_code == 404
    assert (await alice.client.patch(path, json={}, headers=ANY)).status_code == 404
    assert (await alice.client.delete(path, headers=ANY)).status_code == 404
    assert (await alice.client.get(PATH)).json()["items"] == []
    kept = await database.rows("SELECT id FROM invoices WHERE deleted_at IS NOT NULL")
    assert len(kept) == 1


async def test_a_deleted_row_keeps_no_value_from_others(alice: Person) -> None:
    body = await new_invoice(alice)
    first = await alice.client.post(PATH, json=body)
    await alice.client.delete(f"{PATH}/{first.json()['id']}", headers=ANY)

    assert (await alice.client.post(PATH, json=body)).status_code == 201
