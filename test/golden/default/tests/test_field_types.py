"""What fields of resources accept, and what they make of it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import uuid4

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from app.schemas.base import Input
from app.schemas.numbers import Exact, Float, QueryFloat, QueryInt32
from app.schemas.times import Date, UTCTime
from app.schemas.types import JSON_MAX_BYTES, Composed, Html, Ids, Json, QueryBool, Url


class Everything(Input):
    amount: Annotated[Exact, Field(max_digits=10, decimal_places=2)] | None = None
    weight: Float | None = None
    day: Date | None = None
    moment: UTCTime | None = None
    site: Url | None = None
    extra: Json | None = None
    ids: Ids | None = None
    some: QueryInt32 | None = None
    part: QueryFloat | None = None
    flag: QueryBool | None = None
    name: Annotated[Composed, Field(min_length=1, max_length=2)] | None = None


REFUSED: dict[str, list[Any]] = {
    "amount": ["1e3", "NaN", "Infinity", "1.555", "123456789", True, "", " 1", "\u0661", [], 1e20],
    "weight": [float("nan"), float("inf"), "1", True],
    "day": ["2026-02-29", "2026-1-1", "0000-01-01", "2026-01-31T00:00:00", 0, 1e20, True, ""],
    "moment": ["2026-01-31T12:00:00", "2026-01-31", 1e20, "0000-01-01T00:00:00Z", "now", 1],
    "site": [
        *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.com"),
        *("//example.com", "example.com", "https://", "https://a b", "\thttps://example.com"),
        *("https://user:secret@example.com", "https://example.com\\@evil.example", ""),
        "https://example.com/" + "x" * 2048,
    ],
    "extra": ["x" * JSON_MAX_BYTES, {"a": "x\0"}, {"\ud800": 1}],
    "ids": [[str(uuid4())] * 2, ["1"], [str(uuid4()) for _ in range(101)], str(uuid4())],
    "some": ["1e3", "+1", "1_000", "\u0661", "2147483648", "-2147483649", "9" * 5000, ""],
    "part": ["nan", "inf", "1e999", "0x10", "1_0", "", "\u0661"],
    "flag": ["1", "yes", "True", "", "on"],
    "name": ["", "abc", "e\u0301bc", "\u0958\u0958", 1, ["a"], "\0", "\ud800"],
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_value_that_does_not_fit_is_refused(name: str) -> None:
    """INPUT-04, INPUT-05, INPUT-10, INPUT-17, INPUT-19: refused, and never a crash."""
    for value in REFUSED[name]:
        with pytest.raises(ValidationError):
            Everything.model_validate({name: value})


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("amount", 12, Decimal("12")),
        ("amount", 12.34, Decimal("12.34")),
        ("amount", "12.34", Decimal("12.34")),
        ("amount", "-99999999.99", Decimal("-99999999.99")),
        ("weight", 1, 1.0),
        ("day", "2028-02-29", date(2028, 2, 29)),
        ("moment", "2026-01-31T13:00:00+01:00", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("site", "HTTPS://Example.COM:443/a b".replace(" ", "%20"), "https://example.com/a%20b"),
        ("site", "http://b\u00fccher.example", "http://xn--bcher-kva.example/"),
        ("extra", {"a": [1, None, {"b": 0.5}]}, {"a": [1, None, {"b": 0.5}]}),
        ("some", "-5", -5),
        ("part", "2.5e3", 2500.0),
        ("flag", "true", True),
        ("name", "e\u0301e\u0301", "\u00e9\u00e9"),
    ],
)
def test_a_value_has_one_spelling(name: str, value: object, read: object) -> None:
    assert getattr(Everything.model_validate({name: value}), name) == read


def test_an_inexact_number_is_asked_for_as_text() -> None:
    """A float of 17 digits is not the number that somebody wrote."""

    class Wide(Input):
        amount: Annotated[Exact, Field(max_digits=19, decimal_places=2)]

    with pytest.raises(ValidationError, match="send it as text"):
        Wide.model_validate({"amount": 12345678901234.567})
    assert Wide(amount=Decimal("12345678901234567.89")).amount == Decimal("12345678901234567.89")


def test_the_specification_tells_html_from_text() -> None:
    """Who shows it has to know which of them it is; and only text comes back as it was sent."""
    assert TypeAdapter(Html).json_schema()["contentMediaType"] == "text/html"
