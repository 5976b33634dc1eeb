from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, status

from app.api.deps import CurrentUser, make_page
from app.api.idempotency import RepeatableDep
from app.api.preconditions import RequiredIfMatchDep, RequiredVersionsDep, created, tagged
from app.api.routing import SecureRoute
from app.crud.pagination import Slice
from app.dependencies import ReadSessionDep, SessionDep, SettingsDep
from app.models import Invoice
from app.schemas.base import Page
from app.schemas.invoice import InvoiceCreate, InvoiceOut, InvoiceQuery, InvoiceUpdate
from app.services import invoice as service

router = APIRouter(prefix="/invoices", tags=["invoices"], route_class=SecureRoute)


@router.get("", response_model=Page[InvoiceOut])
async def list_invoices(
    session: ReadSessionDep,
    settings: SettingsDep,
    user: CurrentUser,
    query: Annotated[InvoiceQuery, Query()],
) -> Slice[Invoice]:
    """List your invoices, newest first unless sorted."""
    page = make_page(query, user, settings)
    return await service.list_invoices(session, user, query, page)


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_invoice(
    session: SessionDep,
    user: CurrentUser,
    data: InvoiceCreate,
    repeatable: RepeatableDep,
    response: Response,
) -> InvoiceOut:
    """Create an invoice of your own."""

    async def create() -> InvoiceOut:
        return InvoiceOut.model_validate(await service.create_invoice(session, user, data))

    invoice = await repeatable.once(data, create, InvoiceOut)
    return created(response, "/invoices", invoice)


@router.get("/{invoice_id}")
async def get_invoice(
    session: ReadSessionDep, user: CurrentUser, invoice_id: UUID, response: Response
) -> InvoiceOut:
    """Read one of your invoices."""
    invoice = await service.get_invoice(session, user, invoice_id)
    return tagged(response, InvoiceOut.model_validate(invoice))


@router.patch("/{invoice_id}")
async def update_invoice(
    session: SessionDep,
    user: CurrentUser,
    invoice_id: UUID,
    data: InvoiceUpdate,
    versions: RequiredVersionsDep,
) -> InvoiceOut:
    """Change the fields you send; the others stay."""
    invoice = await service.update_invoice(session, user, invoice_id, data, versions.expected)
    return versions.tagged(InvoiceOut.model_validate(invoice))


@router.delete("/{invoice_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_invoice(
    session: SessionDep, user: CurrentUser, invoice_id: UUID, expected: RequiredIfMatchDep
) -> None:
    """Delete one of your invoices."""
    await service.delete_invoice(session, user, invoice_id, expected)
