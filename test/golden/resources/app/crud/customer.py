"""Queries on customers; every one names the owner."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.crud.conflicts import unique_fields, unreferenced
from app.crud.filters import conditions, order_by
from app.crud.pagination import PageRequest, Slice, fetch_page
from app.models import Customer
from app.schemas.customer import CustomerQuery


async def get(session: AsyncSession, customer_id: UUID, *, owner_id: UUID) -> Customer | None:
    mine = select(Customer).where(Customer.id == customer_id, Customer.owner_id == owner_id)
    return await session.scalar(mine)


async def get_locked(
    session: AsyncSession, customer_id: UUID, *, owner_id: UUID
) -> Customer | None:
    """Read the row and keep others from changing it until the transaction ends."""
    mine = select(Customer).where(Customer.id == customer_id, Customer.owner_id == owner_id)
    # As it is stored now, also where this session has read the row before.
    return await session.scalar(mine.with_for_update().execution_options(populate_existing=True))


async def get_page(
    session: AsyncSession, query: CustomerQuery, page: PageRequest, *, owner_id: UUID
) -> Slice[Customer]:
    wanted = conditions(Customer, query.filters())
    mine = select(Customer).where(Customer.owner_id == owner_id, *wanted)
    return await fetch_page(session, mine, order_by(Customer, query.sort), page)


async def add(session: AsyncSession, customer: Customer) -> Customer:
    session.add(customer)
    with unique_fields(Customer):
        await session.flush()
    # What is shown is what is stored: one spelling of each value.
    await session.refresh(customer)
    return customer


async def change(session: AsyncSession, customer: Customer, changes: Mapping[str, Any]) -> Customer:
    for name, value in changes.items():
        setattr(customer, name, value)
    with unique_fields(Customer):
        await session.flush()
    await session.refresh(customer)
    return customer


async def remove(session: AsyncSession, customer: Customer) -> None:
    await session.delete(customer)
    with unreferenced():
        await session.flush()
