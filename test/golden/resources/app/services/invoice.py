"""What may be done with an invoice, and by whom."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.identity import Caller
from app.crud import invoice as crud
from app.crud.pagination import PageRequest, Slice
from app.models import Customer, Invoice
from app.schemas.invoice import InvoiceCreate, InvoiceOut, InvoiceQuery, InvoiceUpdate
from app.services.quota import require_room
from app.services.references import require_own
from app.services.versions import Expected, require_version

REFERENCES = {"customer_id": Customer}


class InvoiceNotFound(NotFound):
    code = "invoice_not_found"
    detail = "There is no such invoice."


async def get_invoice(session: AsyncSession, actor: Caller, invoice_id: UUID) -> Invoice:
    invoice = await crud.get(session, invoice_id, owner_id=actor.id)
    if invoice is None:
        # Somebody else's is not found either: a 403 would confirm that it exists.
        raise InvoiceNotFound
    return invoice


async def list_invoices(
    session: AsyncSession, actor: Caller, query: InvoiceQuery, page: PageRequest
) -> Slice[Invoice]:
    return await crud.get_page(session, query, page, owner_id=actor.id)


async def create_invoice(session: AsyncSession, actor: Caller, data: InvoiceCreate) -> Invoice:
    await require_room(session, Invoice, owner_id=actor.id)
    values = await _checked(session, actor, data.model_dump())
    return await crud.add(session, Invoice(owner_id=actor.id, **values))


async def update_invoice(
    session: AsyncSession, actor: Caller, invoice_id: UUID, data: InvoiceUpdate, expected: Expected
) -> Invoice:
    invoice = await _get_locked(session, actor, invoice_id)
    require_version(InvoiceOut.model_validate(invoice), expected)
    changes = await _checked(session, actor, data.model_dump(exclude_unset=True))
    return await crud.change(session, invoice, changes)


async def delete_invoice(
    session: AsyncSession, actor: Caller, invoice_id: UUID, expected: Expected
) -> None:
    invoice = await _get_locked(session, actor, invoice_id)
    require_version(InvoiceOut.model_validate(invoice), expected)
    await crud.remove(session, invoice)


async def _get_locked(session: AsyncSession, actor: Caller, invoice_id: UUID) -> Invoice:
    invoice = await crud.get_locked(session, invoice_id, owner_id=actor.id)
    if invoice is None:
        raise InvoiceNotFound
    return invoice


async def _checked(session: AsyncSession, actor: Caller, values: dict[str, Any]) -> dict[str, Any]:
    """Refuse references to rows that are not the caller's own."""
    await require_own(session, REFERENCES, values, owner_id=actor.id)
    return values
