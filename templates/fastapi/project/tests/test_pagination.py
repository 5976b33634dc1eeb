"""Every row once, whatever the order, and no cursor but our own."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.config import Settings
from app.crud.pagination import InvalidCursor, Order, PageRequest, fetch_page
from app.db.engine import create_engine
from tests.support.paged import START, Item, Tables, thirty_items

KEY = b"k" * 32
ALICE, BOB = uuid4(), uuid4()
MADE, NAME, PRICE, SOLD, ID = Item.made_at, Item.name, Item.price, Item.sold, Item.id
NEWEST = (Order(MADE, descending=True), Order(ID, descending=True))


@pytest.fixture
async def session(settings: Settings) -> AsyncIterator[AsyncSession]:
    engine = create_engine(settings)
    async with engine.begin() as connection:
        await connection.run_sync(Tables.metadata.create_all)
    async with AsyncSession(engine, expire_on_commit=False) as session:
        session.add_all(thirty_items())
        await session.flush()
        yield session
    await engine.dispose()


def page(limit: int, cursor: str | None = None, caller: UUID = ALICE) -> PageRequest:
    return PageRequest(limit=limit, cursor=cursor, caller_id=caller, keys=[KEY])


async def walk(session: AsyncSession, order: Sequence[Order], limit: int) -> list[Item]:
    items: list[Item] = []
    cursor: str | None = None
    while True:
        found = await fetch_page(session, select(Item), order, page(limit, cursor))
        items.extend(found.items)
        cursor = found.next_cursor
        if cursor is None:
            return items
        assert len(found.items) == limit


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(NEWEST, id="newest first"),
        pytest.param((Order(PRICE), Order(ID)), id="ties"),
        pytest.param((Order(SOLD, True), Order(ID)), id="true first"),
        pytest.param((Order(NAME), Order(ID)), id="nulls last, ascending"),
        pytest.param((Order(NAME, True), Order(ID)), id="nulls last, descending"),
        pytest.param((Order(PRICE, True), Order(NAME), Order(MADE, True), Order(ID)), id="mixed"),
    ],
)
@pytest.mark.parametrize("limit", [1, 4, 29, 30, 31])
async def test_pages_hold_every_row_once_and_in_order(
    session: AsyncSession, order: Sequence[Order], limit: int
) -> None:
    whole = await walk(session, order, 100)

    paged = await walk(session, order, limit)

    assert [item.id for item in paged] == [item.id for item in whole]
    assert len({item.id for item in paged}) == 30


async def test_nulls_come_last_on_every_database(session: AsyncSession) -> None:
    for descending in (False, True):
        names = [item.name for item in await walk(session, (Order(NAME, descending), Order(ID)), 7)]

        known = [name for name in names if name is not None]
        assert known == sorted(known, reverse=descending)
        assert names[len(known) :] == [None] * 10


async def test_rows_that_come_and_go_move_nothing(session: AsyncSession) -> None:
    """An offset would repeat a row here, and skip one."""
    first = await fetch_page(session, select(Item), NEWEST, page(10))
    session.add(Item(made_at=START + timedelta(days=1), name="new", price=1, sold=False))
    await session.delete(first.items[9])
    await session.flush()

    second = await fetch_page(session, select(Item), NEWEST, page(10, first.next_cursor))

    rest = await walk(session, NEWEST, 100)
    assert [item.id for item in second.items] == [item.id for item in rest[10:20]]


async def test_a_cursor_serves_its_reader_and_its_list_alone(session: AsyncSession) -> None:
    """INPUT-12: of another caller, another order, another key, or changed: refused."""
    cursor = (await fetch_page(session, select(Item), NEWEST, page(5))).next_cursor
    assert cursor is not None
    flipped = ("B" if cursor.startswith("A") else "A") + cursor[1:]
    others = [
        (NEWEST, page(5, cursor, BOB)),
        ((Order(MADE), Order(ID)), page(5, cursor)),
        (NEWEST, PageRequest(limit=5, cursor=cursor, caller_id=ALICE, keys=[b"x" * 32])),
        *((NEWEST, page(5, text)) for text in (cursor[:-1], cursor + "!", flipped)),
        *((NEWEST, page(5, text)) for text in ("", "AAAA", "=", "é", "a" * 1024, "\0", "W10")),
    ]

    for order, request in others:
        with pytest.raises(InvalidCursor):
            await fetch_page(session, select(Item), order, request)
