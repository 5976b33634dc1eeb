from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.schemas.base import Input, InputId, PartialUpdate, RecordOut
from app.schemas.lists import ListQuery, sortable
from app.schemas.numbers import Exact, ExactOut
from app.schemas.times import Date
from app.schemas.types import Composed

Number = Annotated[Composed, Field(min_length=1, max_length=20)]
Total = Annotated[Exact, Field(max_digits=10, decimal_places=2)]
Status = Literal["draft", "sent", "paid"]
Sort = Annotated[str, sortable("created_at", "updated_at", "number", "total", "status", "due")]


class InvoiceCreate(Input):
    number: Number
    total: Total = Decimal("0.00")
    status: Status = "draft"
    due: Date | None = None
    customer_id: InputId


class InvoiceUpdate(PartialUpdate):
    """A partial update: a field left out stays as it is."""

    NOT_NULL = ("number", "total", "status", "customer_id")

    number: Number | None = None
    total: Total | None = None
    status: Status | None = None
    due: Date | None = None
    customer_id: InputId | None = None


class InvoiceOut(RecordOut):
    number: str
    total: ExactOut
    status: Status
    due: date | None
    customer_id: UUID


class InvoiceFilters(ListQuery):
    sort: Sort = "-created_at"
    number: Number | None = None
    total: Total | None = None
    total_gte: Total | None = None
    total_lte: Total | None = None
    status: Status | None = None
    due: Date | None = None
    due_gte: Date | None = None
    due_lte: Date | None = None


class InvoiceQuery(InvoiceFilters):
    customer_id: InputId | None = None
