"""Invoices under rows of somebody else."""

from uuid import uuid4

import pytest
from httpx import AsyncClient

from tests.invoices.rows import create_invoice
from tests.support.people import Person

PARENTS = {"customer_id": "/customers/{}/invoices"}


@pytest.mark.parametrize(("name", "path"), PARENTS.items())
async def test_somebody_elses_parent_looks_like_none(
    alice: Person, bob: Person, name: str, path: str
) -> None:
    """AUTHZ-02, AUTHZ-04."""
    row = await create_invoice(alice)

    theirs = await bob.client.get(path.format(row[name]))
    nobodys = await bob.client.get(path.format(uuid4()))

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.json() | {"request_id": ""} == nobodys.json() | {"request_id": ""}


@pytest.mark.parametrize("path", PARENTS.values())
async def test_nobody_lists_without_signing_in(client: AsyncClient, path: str) -> None:
    """AUTHZ-01."""
    assert (await client.get(path.format(uuid4()))).status_code == 401
