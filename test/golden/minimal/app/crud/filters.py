"""Lists as they were asked for. Which names there are has been decided by the query's schema."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from app.crud.pagination import Order
from app.models.base import Record


def conditions(model: type[Record], filters: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """Turn ``total_gte=5`` into "at least five", and a plain name into "equals"."""
    return [_condition(model, name, value) for name, value in filters.items()]


def order_by(model: type[Record], sort: str) -> list[Order]:
    """Turn ``-total,number`` into an order of columns, and complete it to that of every row."""
    order = [
        Order(_column(model, part.removeprefix("-")), descending=part.startswith("-"))
        for part in sort.split(",")
    ]
    return [*order, Order(_column(model, "id"), descending=order[-1].descending)]


def _condition(model: type[Record], name: str, value: Any) -> ColumnElement[bool]:
    condition: ColumnElement[bool]
    if name.endswith("_gte"):
        condition = _column(model, name.removesuffix("_gte")) >= value
    elif name.endswith("_lte"):
        condition = _column(model, name.removesuffix("_lte")) <= value
    else:
        condition = _column(model, name) == value
    return condition


def _column(model: type[Record], name: str) -> InstrumentedAttribute[Any]:
    column: InstrumentedAttribute[Any] = getattr(model, name)
    return column
