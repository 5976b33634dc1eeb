"""A change of an invoice names the version that it means."""

from typing import Any

import pytest

from tests.invoices.rows import PATH, create_invoice
from tests.support.people import Person


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_a_change_without_a_version_is_refused(alice: Person, method: str) -> None:
    """DATA-07."""
    row = await create_invoice(alice)
    body: dict[str, Any] | None = {} if method == "PATCH" else None

    response = await alice.client.request(method, f"{PATH}/{row['id']}", json=body)

    assert response.status_code == 428
    assert response.json()["code"] == "version_required"
    assert (await alice.client.get(f"{PATH}/{row['id']}")).json() == row
