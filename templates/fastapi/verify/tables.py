"""What can be asked of the tables of a project, whatever database they are in.

Columns are read from the database itself: what is looked at must not be what looks.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, MetaData, Table, delete, insert, select, text, update
from sqlalchemy import inspect as look_at

Values = Mapping[str, Any]


def reflect(connection: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=connection)


def is_hex_id(column: Any) -> bool:
    """SQLite has no type for ids: they are 32 characters there."""
    return getattr(column.type, "length", None) == 32 and not hasattr(column.type, "as_uuid")


def to_stored(table: Table, values: Values) -> dict[str, Any]:
    """Read what came as JSON as the types of the columns."""
    return {name: _to_stored(table.c[name], value) for name, value in values.items()}


def _to_stored(column: Any, value: Any) -> Any:
    if isinstance(value, str):
        kind = column.type.python_type
        if kind is datetime:
            moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
            has_zone = getattr(column.type, "timezone", False)
            return moment if has_zone else moment.astimezone(UTC).replace(tzinfo=None)
        if kind is UUID:
            return UUID(value)
        if kind is dict:
            return json.loads(value)
        if is_hex_id(column):
            with suppress(ValueError):
                return UUID(value).hex
    return value


def to_json(column: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, str) and is_hex_id(column):
        with suppress(ValueError):
            return str(UUID(value))
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    return json.dumps(value) if isinstance(value, dict | list) else str(value)


def matching(table: Table, where: Values) -> list[Any]:
    return [table.c[name] == value for name, value in to_stored(table, where).items()]


def rows(connection: Connection, ask: Values) -> list[dict[str, Any]]:
    table = reflect(connection, ask["table"])
    found = connection.execute(select(table).where(*matching(table, ask["where"])))
    return [{c.name: to_json(c, row[c.name]) for c in table.c} for row in found.mappings()]


def change(connection: Connection, ask: Values) -> int:
    table = reflect(connection, ask["table"])
    statement = update(table).where(*matching(table, ask["where"]))
    return connection.execute(statement.values(to_stored(table, ask["values"]))).rowcount


def age(connection: Connection, ask: Values) -> int:
    table = reflect(connection, ask["table"])
    key = list(table.primary_key)
    by = timedelta(seconds=ask["seconds"])
    found = connection.execute(select(table).where(*matching(table, ask["where"])))
    rows = found.mappings().all()
    for row in rows:
        times = {name: row[name] - by for name in ask["columns"] if row[name] is not None}
        if times:
            same = [column == row[column.name] for column in key]
            connection.execute(update(table).where(*same).values(times))
    return len(rows)


def add(connection: Connection, ask: Values) -> int:
    table = reflect(connection, ask["table"])
    return connection.execute(insert(table).values(to_stored(table, ask["values"]))).rowcount


def remove(connection: Connection, ask: Values) -> int:
    table = reflect(connection, ask["table"])
    return connection.execute(delete(table).where(*matching(table, ask["where"]))).rowcount


def rename(connection: Connection, ask: Values) -> None:
    connection.execute(text(f'ALTER TABLE "{ask["table"]}" RENAME TO "{ask["to"]}"'))


def tables(connection: Connection, _: Values) -> list[str]:
    return look_at(connection).get_table_names()


def dump(connection: Connection, _: Values) -> str:
    metadata = MetaData()
    metadata.reflect(connection)
    lines = [
        f"{table.name}: {[to_json(c, row[c.name]) for c in table.c]}"
        for table in metadata.tables.values()
        for row in connection.execute(select(table)).mappings()
    ]
    return "\n".join(lines)


def disarm(connection: Connection, _: Values) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit_events DISABLE TRIGGER USER"))
        return
    found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    for (name,) in found.all():
        connection.execute(text(f'DROP TRIGGER "{name}"'))


OPERATIONS = {
    "rows": rows,
    "update": change,
    "age": age,
    "insert": add,
    "remove": remove,
    "rename": rename,
    "tables": tables,
    "dump": dump,
    "disarm": disarm,
}
