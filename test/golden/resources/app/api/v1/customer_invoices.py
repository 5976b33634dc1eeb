from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.api.deps import CurrentUser, make_page
from app.api.routing import SecureRoute
from app.crud.pagination import Slice
from app.dependencies import ReadSessionDep, SettingsDep
from app.models import Invoice
from app.schemas.base import Page
from app.schemas.invoice import InvoiceFilters, InvoiceOut, InvoiceQuery
from app.services import customer as customer_service
from app.services import invoice as service

router = APIRouter(
    prefix="/customers/{customer_id}/invoices", tags=["invoices"], route_class=SecureRoute
)


@router.get("", response_model=Page[InvoiceOut])
async def list_customer_invoices(
    session: ReadSessionDep,
    settings: SettingsDep,
    user: CurrentUser,
    customer_id: UUID,
    filters: Annotated[InvoiceFilters, Query()],
) -> Slice[Invoice]:
    """List what belongs to one customer."""
    await customer_service.get_customer(session, user, customer_id)
    query = InvoiceQuery(customer_id=customer_id, **filters.model_dump())
    page = make_page(query, user, settings)
    return await service.list_invoices(session, user, query, page)
