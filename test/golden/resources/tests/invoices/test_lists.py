"""Lists of invoices: whole, in order and filtered."""

from typing import Any

import pytest

from tests.invoices.rows import PATH, create_invoice
from tests.support.lists import as_text, walk
from tests.support.people import Person

SORTABLE = ["created_at", "updated_at", "number", "total", "status", "due"]
FILTERS: list[str] = ["number", "total", "status", "due", "customer_id"]
RANGES: list[str] = ["total", "due"]
# As many nulls as there can be: rows that are equal, and have no place of their own.
NULLS: dict[str, Any] = {"due": None}


async def test_pages_hold_every_row_once_and_in_order(alice: Person) -> None:
    """INPUT-12: whatever the order, with ties and nulls."""
    for number in range(5):
        await create_invoice(alice, **(NULLS if number % 2 else {}))

    for name in SORTABLE:
        other = "updated_at" if name == "created_at" else "created_at"
        for sort in (name, f"-{name}", f"-{name},{other}"):
            whole = (await alice.client.get(PATH, params={"sort": sort})).json()["items"]
            paged = await walk(alice.client, PATH, sort=sort, limit="2")

            assert paged == whole, sort
            assert len({row["id"] for row in paged}) == 5, sort
            known = [row[name] is not None for row in whole]
            assert known == sorted(known, reverse=True), sort


async def test_a_new_list_begins_with_the_newest(alice: Person) -> None:
    rows = [await create_invoice(alice) for _ in range(3)]

    page = (await alice.client.get(PATH, params={"limit": "2"})).json()

    assert page["items"] == rows[:0:-1]
    assert page["next_cursor"] is not None


async def test_filters_find_equal_values(alice: Person) -> None:
    rows = [await create_invoice(alice) for _ in range(2)]

    for name in FILTERS:
        found = await alice.client.get(PATH, params={name: as_text(rows[0][name])})

        equal = [row for row in reversed(rows) if row[name] == rows[0][name]]
        assert found.json()["items"] == equal, name


async def test_ranges_include_their_ends(alice: Person) -> None:
    smaller = await create_invoice(alice)
    larger = await create_invoice(alice)

    for name in RANGES:
        least = {f"{name}_gte": as_text(larger[name])}
        most = {f"{name}_lte": as_text(smaller[name])}

        assert (await alice.client.get(PATH, params=least)).json()["items"] == [larger], name
        assert (await alice.client.get(PATH, params=most)).json()["items"] == [smaller], name
        none = (await alice.client.get(PATH, params=least | most)).json()["items"]
        assert none == [], name


@pytest.mark.parametrize(
    "query",
    [
        *(
            "limit=0",
            "limit=101",
            "limit=x",
            "limit=1&limit=2",
            "cursor=x",
            "offset=1",
            "no-such-field=x",
        ),
        *("sort=", "sort=id", "sort=owner_id", "sort=id;drop table", "sort=(select 1)"),
        *("sort=created_at,-created_at", "sort=created_at,updated_at,created_at,id"),
        *("owner_id=1", "created_at_gte=2026-01-31", "created_at_lte=1e20"),
    ],
)
async def test_an_odd_query_is_refused(alice: Person, query: str) -> None:
    """INPUT-11, INPUT-12, INPUT-13."""
    response = await alice.client.get(f"{PATH}?{query}")

    assert response.status_code == 422


async def test_a_cursor_serves_its_list_alone(alice: Person, bob: Person) -> None:
    """INPUT-12: with another order or filter it is refused, and that of somebody else."""
    for _ in range(2):
        await create_invoice(alice)
    page = (await alice.client.get(PATH, params={"limit": "1"})).json()
    query = {"limit": "1", "cursor": page["next_cursor"]}

    assert (await alice.client.get(PATH, params=query)).status_code == 200
    assert (await bob.client.get(PATH, params=query)).status_code == 422
    for change in ({"sort": "created_at"}, {"created_at_gte": "2026-01-01T00:00:00Z"}):
        assert (await alice.client.get(PATH, params=query | change)).status_code == 422
