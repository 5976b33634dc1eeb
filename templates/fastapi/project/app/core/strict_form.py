"""Forms read in one way only: as UTF-8, each name once."""

from urllib.parse import parse_qsl

from app.core.errors import BadRequest

MOST_FIELDS = 50


class MalformedForm(BadRequest):
    code = "malformed_form"
    detail = "The body is not an acceptable form."


def parse_form(body: bytes) -> dict[str, str]:
    try:
        # Not with replacement characters: passwords that differ would become one.
        text = body.decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise MalformedForm from error
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise MalformedForm("A name stands twice in the form.")
    return fields
