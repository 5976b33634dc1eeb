"""What a route accepts, worked out once from its declaration, and checked for every request."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import parse_qsl

from fastapi import params
from fastapi.dependencies.models import Dependant
from pydantic import BaseModel
from starlette.requests import HTTPConnection

from app.core.errors import AppError, FieldError, InvalidRequest
from app.utils.field_errors import field_name

JSON = b"application/json"
FORM = b"application/x-www-form-urlencoded"
MULTIPART = b"multipart/form-data"

MOST_QUERY_PARAMETERS = 50


class UnsupportedMediaType(AppError):
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "unsupported_media_type"
    detail = "The body is not of the content type that this route takes."


@dataclass(frozen=True, slots=True)
class RequestRules:
    query_names: frozenset[str]
    content_type: bytes | None
    body_is_required: bool

    @classmethod
    def of(cls, dependant: Dependant, body_field: Any) -> Self:
        info = None if body_field is None else body_field.field_info
        return cls(
            query_names=frozenset(_query_names(dependant)),
            content_type=_content_type(info),
            body_is_required=info is not None and info.is_required(),
        )

    def check(self, request: HTTPConnection) -> None:
        if request.scope["query_string"]:
            _check_query(request.scope["query_string"], self.query_names)
        if self.content_type is not None:
            self._check_content_type(request.scope["headers"])

    def _check_content_type(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        sent = {name: value for name, value in headers if name in _ABOUT_THE_BODY}
        is_empty = sent in ({}, {b"content-length": b"0"})
        if is_empty and not self.body_is_required:
            return
        media_type, _, parameters = sent.get(b"content-type", b"").lower().partition(b";")
        if media_type.strip() != self.content_type:
            raise UnsupportedMediaType
        # Another charset is how two programs read two different bodies.
        if b"charset" in parameters and parameters.strip() not in _UTF_8:
            raise UnsupportedMediaType


_ABOUT_THE_BODY = (b"content-type", b"content-length", b"transfer-encoding")
_UTF_8 = (b"charset=utf-8", b'charset="utf-8"')


def _content_type(info: Any) -> bytes | None:
    if info is None:
        return None
    if isinstance(info, params.File):
        return MULTIPART
    return FORM if isinstance(info, params.Form) else JSON


def _query_names(dependant: Dependant) -> Iterable[str]:
    for field in dependant.query_params:
        annotation = field.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            for name, info in annotation.model_fields.items():
                yield info.alias or name
        else:
            yield field.alias
    for child in dependant.dependencies:
        yield from _query_names(child)


def _check_query(query: bytes, known: frozenset[str]) -> None:
    """Refuse names that nobody reads, and names sent twice, of which one would be ignored."""
    try:
        pairs = parse_qsl(
            query.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_QUERY_PARAMETERS,
        )
    except ValueError:
        raise InvalidRequest("The query cannot be read.") from None
    seen: set[str] = set()
    for name, value in pairs:
        if name not in known:
            raise _invalid(name, "extra_forbidden", "There is no such parameter.")
        if name in seen:
            raise _invalid(name, "duplicate", "The parameter was sent twice.")
        if "\0" in value:
            raise _invalid(name, "nul_character", "The value holds a NUL character.")
        seen.add(name)


def _invalid(name: str, kind: str, message: str) -> InvalidRequest:
    place = ["query", field_name(name)]
    return InvalidRequest(errors=[FieldError(loc=place, type=kind, msg=message)])
