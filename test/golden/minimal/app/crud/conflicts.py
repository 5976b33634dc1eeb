"""What a broken constraint means to a client: which field is taken, or that rows depend on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Index, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from app.core.errors import Conflict, FieldError
from app.models.base import Record

OWNER = "owner_id"
UNIQUE_VIOLATION = "23505"
SQLITE_UNIQUE = "UNIQUE constraint failed: "


class FieldTaken(Conflict):
    code = "field_taken"
    detail = "Another row has this value already."


class StillReferenced(Conflict):
    code = "still_referenced"
    detail = "Other rows refer to this one."


@contextmanager
def unique_fields(model: type[Record]) -> Iterator[None]:
    """Refuse a value that is taken by the name of its field, while rows are written.

    Only the constraint decides between parallel requests, so nothing is asked before.
    """
    try:
        yield
    except IntegrityError as error:
        taken = _taken(error, model.metadata.tables[model.__tablename__])
        if not taken:
            raise
        raise FieldTaken(errors=[_field_error(name) for name in taken]) from None


@contextmanager
def unreferenced() -> Iterator[None]:
    """Refuse to delete a row that others cannot do without."""
    try:
        yield
    except IntegrityError:
        raise StillReferenced from None


def _field_error(name: str) -> FieldError:
    return {"loc": ["body", name], "type": "unique", "msg": "Another row has this value already."}


def _taken(error: IntegrityError, table: Table) -> list[str]:
    """Return the fields of the constraint, which PostgreSQL names and SQLite spells out."""
    cause: Any = error.orig
    if getattr(cause, "sqlstate", None) == UNIQUE_VIOLATION:
        columns = _columns_of(table, cause.__cause__.constraint_name)
    else:
        _, _, names = str(cause).partition(SQLITE_UNIQUE)
        columns = [name.rpartition(".")[2] for name in names.split(", ") if name]
    return [name for name in columns if name != OWNER]


def _columns_of(table: Table, name: str) -> list[str]:
    uniques = (*table.constraints, *table.indexes)
    return next(
        (
            list(unique.columns.keys())
            for unique in uniques
            if isinstance(unique, UniqueConstraint | Index) and unique.name == name
        ),
        [],
    )
