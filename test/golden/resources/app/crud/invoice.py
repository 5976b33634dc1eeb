"""Queries on invoices; every one names the owner."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.crud.conflicts import unique_fields
from app.crud.filters import conditions, order_by
from app.crud.pagination import PageRequest, Slice, fetch_page
from app.crud.references import detach
from app.models import Invoice
from app.schemas.invoice import InvoiceQuery
from app.utils.helpers import utc_now


async def get(session: AsyncSession, invoice_id: UUID, *, owner_id: UUID) -> Invoice | None:
    mine = select(Invoice).where(
        Invoice.id == invoice_id, Invoice.owner_id == owner_id, Invoice.deleted_at.is_(None)
    )
    return await session.scalar(mine)


async def get_locked(session: AsyncSession, invoice_id: UUID, *, owner_id: UUID) -> Invoice | None:
    """Read the row and keep others from changing it until the transaction ends."""
    mine = select(Invoice).where(
        Invoice.id == invoice_id, Invoice.owner_id == owner_id, Invoice.deleted_at.is_(None)
    )
    # As it is stored now, also where this session has read the row before.
    return await session.scalar(mine.with_for_update().execution_options(populate_existing=True))


async def get_page(
    session: AsyncSession, query: InvoiceQuery, page: PageRequest, *, owner_id: UUID
) -> Slice[Invoice]:
    wanted = conditions(Invoice, query.filters())
    mine = select(Invoice).where(
        Invoice.owner_id == owner_id, Invoice.deleted_at.is_(None), *wanted
    )
    return await fetch_page(session, mine, order_by(Invoice, query.sort), page)


async def add(session: AsyncSession, invoice: Invoice) -> Invoice:
    session.add(invoice)
    with unique_fields(Invoice):
        await session.flush()
    # What is shown is what is stored: one spelling of each value.
    await session.refresh(invoice)
    return invoice


async def change(session: AsyncSession, invoice: Invoice, changes: Mapping[str, Any]) -> Invoice:
    for name, value in changes.items():
        setattr(invoice, name, value)
    with unique_fields(Invoice):
        await session.flush()
    await session.refresh(invoice)
    return invoice


async def remove(session: AsyncSession, invoice: Invoice) -> None:
    await detach(session, invoice)
    invoice.deleted_at = utc_now()
    await session.flush()
