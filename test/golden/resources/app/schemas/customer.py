from typing import Annotated

from pydantic import Field

from app.schemas.base import Input, PartialUpdate, RecordOut
from app.schemas.lists import ListQuery, sortable
from app.schemas.types import Secret
from app.schemas.user import Email

Name = Annotated[str, Field(min_length=1, max_length=100)]
Sort = Annotated[str, sortable("created_at", "updated_at", "name", "email")]


class CustomerCreate(Input):
    name: Name
    email: Email | None = None
    notes: Secret | None = None


class CustomerUpdate(PartialUpdate):
    """A partial update: a field left out stays as it is."""

    NOT_NULL = ("name",)

    name: Name | None = None
    email: Email | None = None
    notes: Secret | None = None


class CustomerOut(RecordOut):
    name: str
    email: str | None


class CustomerQuery(ListQuery):
    sort: Sort = "-created_at"
    name: Name | None = None
    email: Email | None = None
