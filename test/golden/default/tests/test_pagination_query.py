"""How many rows a page may be asked for."""

import pytest
from pydantic import ValidationError

from app.core.constants import CURSOR_MAX_CHARACTERS
from app.schemas.base import PageQuery


@pytest.mark.parametrize(
    "limit", ["0", "-1", "101", "1000000000", "", "1e1", "0x10", "1_0", "+1", " 1", "1.0", "\u0661"]
)
def test_a_page_has_one_to_a_hundred_rows(limit: str) -> None:
    """INPUT-04, INPUT-12: plain digits, as a query holds them."""
    with pytest.raises(ValidationError):
        PageQuery.model_validate({"limit": limit})


def test_a_page_has_twenty_rows_unless_told() -> None:
    assert PageQuery.model_validate({}).limit == 20
    assert PageQuery.model_validate({"limit": "100"}).limit == 100
    with pytest.raises(ValidationError):
        PageQuery.model_validate({"offset": "1"})
    with pytest.raises(ValidationError):
        PageQuery.model_validate({"cursor": "a" * (CURSOR_MAX_CHARACTERS + 1)})
