"""INPUT: what every body refuses before any code of a resource sees it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from app.schemas.base import Input, InputId, RecordOut
from app.schemas.numbers import Int32, Int64
from app.schemas.times import UTCTime
from app.utils.helpers import new_id


class Everything(Input):
    text: str | None = None
    flag: bool | None = None
    small: Int32 | None = None
    big: Int64 | None = None
    id: InputId | None = None
    at: UTCTime | None = None
    tags: list[str] | None = None
    more: dict[str, Any] | None = None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"unknown": 1}, id="an unknown name"),
        pytest.param({"text": "a\0b"}, id="NUL"),
        pytest.param({"text": "\ud800"}, id="half a surrogate pair"),
        pytest.param({"tags": ["fine", "a\0"]}, id="NUL in a list"),
        pytest.param({"more": {"a": [{"b\0": 1}]}}, id="NUL in a name inside"),
        pytest.param({"more": {"a": [{"b": "\udfff"}]}}, id="half a pair inside"),
        pytest.param({"text": 1}, id="a number for a text"),
        pytest.param({"text": ["a"]}, id="a list for a text"),
        pytest.param({"small": True}, id="true for a number"),
        pytest.param({"small": "1"}, id="a text for a number"),
        pytest.param({"small": 1.0}, id="a float for an integer"),
        pytest.param({"flag": 1}, id="a number for true"),
        pytest.param({"flag": "true"}, id="a text for true"),
        pytest.param({"small": 2**31}, id="more than an integer"),
        pytest.param({"big": 2**63}, id="more than a bigint"),
        pytest.param({"big": -(2**63) - 1}, id="less than a bigint"),
        pytest.param({"id": 7}, id="a number for an id"),
        pytest.param({"id": "a\0"}, id="NUL for an id"),
    ],
)
def test_a_body_is_refused(body: dict[str, Any]) -> None:
    """INPUT-01, INPUT-02, INPUT-05, INPUT-10, AUTHZ-05."""
    with pytest.raises(ValidationError):
        Everything.model_validate(body)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01T00:00:00",
        "2026-01-01",
        # Read and cut to microseconds, if nothing bounds it.
        f"2026-01-01T00:00:00.{'1' * 5000}Z",
        "0000-01-01T00:00:00Z",
        "99999-01-01T00:00:00Z",
        "2026-01-01T23:59:60Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "1767225600",
        "1e20",
        1767225600,
        1e20,
        "",
    ],
)
def test_a_time_without_zone_or_out_of_range_is_refused(text: object) -> None:
    """INPUT-17."""
    with pytest.raises(ValidationError):
        Everything.model_validate({"at": text})


def test_what_is_well_formed_stays_as_it_was_sent() -> None:
    sent = {"text": "  \U0001f40e é  ", "flag": False, "small": -1, "id": str(new_id()), "tags": []}

    read = Everything.model_validate(sent | {"at": "2026-01-01T01:30:00+01:00"})

    assert (read.text, read.flag, read.small) == (sent["text"], False, -1)
    assert read.id == UUID(str(sent["id"]))
    assert read.at == datetime(2026, 1, 1, 0, 30, tzinfo=UTC)
    assert read.at.tzinfo is UTC


def test_times_go_out_in_utc_with_z() -> None:
    at = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)

    shown = RecordOut(id=new_id(), created_at=at, updated_at=at).model_dump(mode="json")

    assert shown["created_at"] == "2026-01-01T12:00:00Z"
