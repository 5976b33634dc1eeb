"""What every body, query and answer has in common."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from app.core.constants import CURSOR_MAX_CHARACTERS, PAGE_SIZE, PAGE_SIZE_MAX
from app.schemas.numbers import QueryInt

T = TypeVar("T")


def refuse_unstorable(value: str) -> str:
    # PostgreSQL stores no NUL, and neither database half of a surrogate pair.
    if "\0" in value:
        raise ValueError("contains a NUL character")
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("contains a lone surrogate")
    return value


def _refuse_unstorable_inside(value: object) -> None:
    if isinstance(value, str):
        refuse_unstorable(value)
    elif isinstance(value, Mapping):
        _refuse_unstorable_inside(value.keys())
        _refuse_unstorable_inside(value.values())
    elif isinstance(value, Iterable) and not isinstance(value, bytes | BaseModel):
        for item in value:
            _refuse_unstorable_inside(item)


SafeStr = Annotated[str, AfterValidator(refuse_unstorable)]
"""For a string outside an ``Input``: a path or form parameter."""

InputId = Annotated[UUID, Field(strict=False)]
"""JSON has no UUIDs, so a strict model would refuse their text."""


class Input(BaseModel):
    """What a client sends. Unknown names and other types are refused, nothing is trimmed."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    @field_validator("*", mode="after")
    @classmethod
    def can_be_stored(cls, value: Any) -> Any:
        _refuse_unstorable_inside(value)
        return value


class PartialUpdate(Input):
    """A change of some fields. One left out stays as it is; null is a value of its own."""

    NOT_NULL: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="after")
    def has_values(self) -> Self:
        for name in self.NOT_NULL:
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class Output(BaseModel):
    """What leaves the application: the fields that are named, and no others."""

    model_config = ConfigDict(from_attributes=True)


class RecordOut(Output):
    id: UUID
    created_at: datetime
    updated_at: datetime


class PageQuery(Input):
    """Which slice of a list; subclasses add filters."""

    limit: QueryInt = Field(PAGE_SIZE, ge=1, le=PAGE_SIZE_MAX)
    cursor: str | None = Field(None, min_length=1, max_length=CURSOR_MAX_CHARACTERS)


class Page(Output, Generic[T]):
    items: Annotated[list[T], Field(max_length=PAGE_SIZE_MAX)]
    next_cursor: str | None
