"""What is made of texts, and what that may cost."""

import sys
from typing import Annotated
from unicodedata import combining, normalize

import pytest
from pydantic import Field, ValidationError

from app.schemas.base import Input
from app.schemas.texts import (
    MADE_OF_MARKS,
    MOST_MARKS,
    TEXT_MAX_LENGTH,
    UNCOMPOSED_MAX_LENGTH,
    compose,
)
from app.schemas.types import Composed, Html
from tests.support.effort import effort

LONG = 250_000
# Sorted by insertion, each takes more than ten seconds.
UNSORTED = ["\u0315\u0300" * LONG, "\u0f73" * LONG, "\u0f81\u0315" * LONG]


class Named(Input):
    name: Annotated[Composed, Field(min_length=1, max_length=255)]


class Written(Input):
    body: Html


@pytest.mark.parametrize("marks", UNSORTED)
@pytest.mark.parametrize("length", [UNCOMPOSED_MAX_LENGTH, 2 * LONG])
def test_marks_without_end_cost_no_time(marks: str, length: int) -> None:
    """DOS-04: neither what is far too long, nor what is just not."""

    def check() -> None:
        with pytest.raises(ValidationError):
            Named.model_validate({"name": ("a" + marks)[:length]})

    assert effort(check) < 0.1


def test_as_many_marks_as_people_write_are_taken() -> None:
    typed = "a" + "\u0315\u0300" * (MOST_MARKS // 2)

    assert Named(name=typed).name == normalize("NFC", typed)
    with pytest.raises(ValidationError):
        Named(name=typed + "\u0300")


def test_no_other_character_hides_marks() -> None:
    everything = map(chr, range(sys.maxunicode + 1))
    hiding = {c for c in everything if not combining(c) and combining(normalize("NFD", c)[0])}

    assert hiding == MADE_OF_MARKS


def test_what_fits_once_composed_is_taken() -> None:
    """The longest of all spellings has four characters for one."""
    one = "\u1faf"

    assert compose(normalize("NFD", one)) == one
    assert Named(name=normalize("NFD", one) * 255).name == one * 255


@pytest.mark.parametrize("text", ["<a>" * 3000, "<b><p>" * 1500, "&" * 20_000])
def test_html_that_grows_while_it_is_cleaned_is_refused(text: str) -> None:
    """DOS-01: what is stored is no longer than what may be sent."""
    assert len(text) <= TEXT_MAX_LENGTH
    with pytest.raises(ValidationError) as refused:
        Written(body=text)

    assert refused.value.errors()[0]["type"] == "string_too_long"


def test_html_that_grows_a_little_is_taken() -> None:
    text = "<p>Q & A</p>" * 1000

    assert Written(body=text).body == text.replace("&", "&amp;")
