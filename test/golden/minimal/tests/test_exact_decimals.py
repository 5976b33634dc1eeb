"""Decimal columns: exact, in order and comparable, in both databases."""

from collections.abc import AsyncIterator
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.config import Settings
from app.db.engine import create_engine
from app.models.numbers import ExactDecimal
from app.utils.helpers import new_id


class Tables(DeclarativeBase):
    """Apart from the application's tables, which migrations make."""


class Amount(Tables):
    __tablename__ = "exact_amounts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    small: Mapped[Decimal | None] = mapped_column(ExactDecimal(10, 2))
    large: Mapped[Decimal | None] = mapped_column(ExactDecimal(38, 18))


SMALL = [Decimal(text) for text in ("-99999999.99", "-0.01", "0", "0.10", "1", "99999999.99")]
LARGE = [
    Decimal("-99999999999999999999.999999999999999999"),
    Decimal("-0.000000000000000001"),
    Decimal("0"),
    Decimal("0.1"),
    Decimal("12345678901234567890.123456789012345678"),
    Decimal("99999999999999999999.999999999999999999"),
]


@pytest.fixture
async def session(settings: Settings) -> AsyncIterator[AsyncSession]:
    engine = create_engine(settings)
    async with engine.begin() as connection:
        await connection.run_sync(Tables.metadata.create_all)
    async with AsyncSession(engine) as session:
        pairs = zip(reversed(SMALL), reversed(LARGE), strict=True)
        session.add_all(Amount(small=small, large=large) for small, large in pairs)
        session.add(Amount())
        await session.commit()
        yield session
    await engine.dispose()


async def test_every_digit_comes_back_in_order(session: AsyncSession) -> None:
    for column, values in ((Amount.small, SMALL), (Amount.large, LARGE)):
        known = select(column).where(column.is_not(None)).order_by(column)

        assert list(await session.scalars(known)) == values


async def test_ranges_compare_numbers_and_not_texts(session: AsyncSession) -> None:
    for column, values in ((Amount.small, SMALL), (Amount.large, LARGE)):
        for border in values:
            least = select(column).where(column >= border).order_by(column)

            assert list(await session.scalars(least)) == [one for one in values if one >= border]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("1.999", "2.00"), ("1.994", "1.99"), ("1.995", "2.00"), ("-1.995", "-2.00")],
)
async def test_a_digit_too_many_is_rounded_alike(
    session: AsyncSession, given: str, kept: str
) -> None:
    """What code hands over without a schema: half away from zero, as PostgreSQL does."""
    tiny = Decimal(given).scaleb(-16)
    row = Amount(small=Decimal(given), large=tiny)
    session.add(row)
    await session.flush()
    await session.refresh(row)

    assert (row.small, row.large) == (Decimal(kept), Decimal(kept).scaleb(-16))


async def test_what_is_unknown_stays_unknown(session: AsyncSession) -> None:
    unknown = select(Amount).where(Amount.small.is_(None))

    row = (await session.scalars(unknown)).one()

    assert (row.small, row.large) == (None, None)
