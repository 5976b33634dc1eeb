"""Lists that are filtered and sorted: what every query of one has in common."""

from typing import Any

from pydantic import Field, field_validator

from app.core.constants import SORT_FIELDS_MAX
from app.schemas.base import PageQuery
from app.schemas.times import UTCTime


class ListQuery(PageQuery):
    """Which rows, and in which order; subclasses say which fields there are."""

    sort: str = "-created_at"
    created_at_gte: UTCTime | None = None
    created_at_lte: UTCTime | None = None
    updated_at_gte: UTCTime | None = None
    updated_at_lte: UTCTime | None = None

    @field_validator("sort", mode="after")
    @classmethod
    def names_are_not_repeated(cls, value: str) -> str:
        names = [name.removeprefix("-") for name in value.split(",")]
        if len(set(names)) < len(names):
            raise ValueError("names a field twice")
        return value

    def filters(self) -> dict[str, Any]:
        return self.model_dump(exclude={"limit", "cursor", "sort"}, exclude_none=True)


def sortable(*names: str) -> Any:
    """Allow an order such as ``name,-created_at``, of these fields and no others."""
    name = f"-?({'|'.join(names)})"
    return Field(pattern=f"^{name}(,{name}){{0,{SORT_FIELDS_MAX - 1}}}$", max_length=200)
