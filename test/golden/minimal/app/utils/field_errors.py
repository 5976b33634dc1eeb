"""Validation errors as a client may see them: where and which rule, never the value."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.core.errors import FieldError

# What a client sends decides how many errors there are and how its own names look.
MOST_ERRORS = 20
# A name that looks like no field is no typo: JSON sent as a form is one long "name".
FIELD_NAME = re.compile(r"[A-Za-z0-9_.\[\]-]{1,64}")
STRANGE_NAME = "(unknown)"
LONGEST_MESSAGE = 200

PARSER_MESSAGE = "The value is not valid."


def field_errors(errors: Sequence[Mapping[str, Any]]) -> list[FieldError]:
    return [
        FieldError(
            loc=[field_name(part) for part in error["loc"][:10]],
            type=str(error["type"]),
            msg=_message(error),
        )
        for error in errors[:MOST_ERRORS]
    ]


def field_name(part: object) -> str | int:
    """Repeat a name that may be a slip of the pen, and nothing else of what a client sent."""
    if isinstance(part, int):
        return part
    text = str(part)
    return text if FIELD_NAME.fullmatch(text) else STRANGE_NAME


def _message(error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    if isinstance(context.get("error"), str) or "tag" in context:
        # The sentence of a parser, which quotes what it could not read.
        return PARSER_MESSAGE
    return str(error["msg"]).removeprefix("Value error, ")[:LONGEST_MESSAGE]
