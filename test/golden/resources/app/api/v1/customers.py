from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, status

from app.api.deps import CurrentUser, make_page
from app.api.idempotency import RepeatableDep
from app.api.preconditions import IfMatchDep, VersionsDep, created, tagged
from app.api.routing import SecureRoute
from app.crud.pagination import Slice
from app.dependencies import ReadSessionDep, SessionDep, SettingsDep
from app.models import Customer
from app.schemas.base import Page
from app.schemas.customer import CustomerCreate, CustomerOut, CustomerQuery, CustomerUpdate
from app.services import customer as service

router = APIRouter(prefix="/customers", tags=["customers"], route_class=SecureRoute)


@router.get("", response_model=Page[CustomerOut])
async def list_customers(
    session: ReadSessionDep,
    settings: SettingsDep,
    user: CurrentUser,
    query: Annotated[CustomerQuery, Query()],
) -> Slice[Customer]:
    """List your customers, newest first unless sorted."""
    page = make_page(query, user, settings)
    return await service.list_customers(session, user, query, page)


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_customer(
    session: SessionDep,
    user: CurrentUser,
    data: CustomerCreate,
    repeatable: RepeatableDep,
    response: Response,
) -> CustomerOut:
    """Create a customer of your own."""

    async def create() -> CustomerOut:
        return CustomerOut.model_validate(await service.create_customer(session, user, data))

    customer = await repeatable.once(data, create, CustomerOut)
    return created(response, "/customers", customer)


@router.get("/{customer_id}")
async def get_customer(
    session: ReadSessionDep, user: CurrentUser, customer_id: UUID, response: Response
) -> CustomerOut:
    """Read one of your customers."""
    customer = await service.get_customer(session, user, customer_id)
    return tagged(response, CustomerOut.model_validate(customer))


@router.patch("/{customer_id}")
async def update_customer(
    session: SessionDep,
    user: CurrentUser,
    customer_id: UUID,
    data: CustomerUpdate,
    versions: VersionsDep,
) -> CustomerOut:
    """Change the fields you send; the others stay."""
    customer = await service.update_customer(session, user, customer_id, data, versions.expected)
    return versions.tagged(CustomerOut.model_validate(customer))


@router.delete("/{customer_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_customer(
    session: SessionDep, user: CurrentUser, customer_id: UUID, expected: IfMatchDep
) -> None:
    """Delete one of your customers."""
    await service.delete_customer(session, user, customer_id, expected)
