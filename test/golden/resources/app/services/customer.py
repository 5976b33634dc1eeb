"""What may be done with a customer, and by whom."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.identity import Caller
from app.crud import customer as crud
from app.crud.pagination import PageRequest, Slice
from app.models import Customer
from app.schemas.customer import CustomerCreate, CustomerOut, CustomerQuery, CustomerUpdate
from app.services.quota import require_room
from app.services.versions import Expected, require_version


class CustomerNotFound(NotFound):
    code = "customer_not_found"
    detail = "There is no such customer."


async def get_customer(session: AsyncSession, actor: Caller, customer_id: UUID) -> Customer:
    customer = await crud.get(session, customer_id, owner_id=actor.id)
    if customer is None:
        # Somebody else's is not found either: a 403 would confirm that it exists.
        raise CustomerNotFound
    return customer


async def list_customers(
    session: AsyncSession, actor: Caller, query: CustomerQuery, page: PageRequest
) -> Slice[Customer]:
    return await crud.get_page(session, query, page, owner_id=actor.id)


async def create_customer(session: AsyncSession, actor: Caller, data: CustomerCreate) -> Customer:
    await require_room(session, Customer, owner_id=actor.id)
    return await crud.add(session, Customer(owner_id=actor.id, **data.model_dump()))


async def update_customer(
    session: AsyncSession,
    actor: Caller,
    customer_id: UUID,
    data: CustomerUpdate,
    expected: Expected,
) -> Customer:
    customer = await _get_locked(session, actor, customer_id)
    require_version(CustomerOut.model_validate(customer), expected)
    changes = data.model_dump(exclude_unset=True)
    return await crud.change(session, customer, changes)


async def delete_customer(
    session: AsyncSession, actor: Caller, customer_id: UUID, expected: Expected
) -> None:
    customer = await _get_locked(session, actor, customer_id)
    require_version(CustomerOut.model_validate(customer), expected)
    await crud.remove(session, customer)


async def _get_locked(session: AsyncSession, actor: Caller, customer_id: UUID) -> Customer:
    customer = await crud.get_locked(session, customer_id, owner_id=actor.id)
    if customer is None:
        raise CustomerNotFound
    return customer
