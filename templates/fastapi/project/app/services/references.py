"""References to other rows: somebody else's is refused in the words for one that is not there."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, InvalidRequest
from app.crud import references as crud
from app.models.base import Record

R = TypeVar("R", bound=Record)


class InvalidReference(InvalidRequest):
    code = "invalid_reference"
    detail = "A row that is referred to is not there."

    def __init__(self, name: str) -> None:
        missing: FieldError = {
            "loc": ["body", name],
            "type": "reference",
            "msg": "There is no such row.",
        }
        super().__init__(errors=[missing])


async def require_own(
    session: AsyncSession,
    references: Mapping[str, type[Record]],
    values: Mapping[str, Any],
    *,
    owner_id: UUID,
) -> None:
    """Refuse a reference to what is not the caller's own; null, or left out, is none."""
    for name, model in references.items():
        row_id = values.get(name)
        if row_id is not None:
            await own_rows(session, model, name, [row_id], owner_id=owner_id)


async def own_rows(
    session: AsyncSession, model: type[R], name: str, ids: Collection[UUID], *, owner_id: UUID
) -> Sequence[R]:
    """Return all the rows or refuse: one id too many, and nothing is changed."""
    rows = await crud.get_own(session, model, ids, owner_id=owner_id)
    if len(rows) < len(ids):
        raise InvalidReference(name)
    return rows
