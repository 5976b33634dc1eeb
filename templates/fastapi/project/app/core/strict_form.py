"""Forms read in one way only: as UTF-8, each name once."""

from urllib.parse import parse_qsl

from app.core.errors import BadRequest, InvalidRequest

MOST_FIELDS = 50
# Room for all that a sign-in sends, every character encoded; to read a megabyte of fields takes
# a quarter of a second, in which nobody else is served.
FORM_BYTES = 16_384


class MalformedForm(BadRequest):
    code = "malformed_form"
    detail = "The body is not an acceptable form."


class FormTooLong(InvalidRequest):
    code = "form_too_long"
    detail = f"A form has at most {FORM_BYTES} bytes."


def parse_form(body: bytes) -> dict[str, str]:
    if len(body) > FORM_BYTES:
        raise FormTooLong
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
