"""``ETag`` and ``If-Match``: which version was shown, and which one a change is meant for."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Response

from app.core.constants import API_PREFIX
from app.core.errors import AppError
from app.schemas.base import RecordOut
from app.services.versions import ANY, tag_of

T = TypeVar("T", bound=RecordOut)

_TAG = r'(?:W/)?"[\x21\x23-\x7e]*"'
_TAGS = re.compile(_TAG)
IfMatchHeader = Annotated[
    str | None,
    Header(alias="If-Match", max_length=1000, pattern=rf"^(?:\*|{_TAG}(?: ?, ?{_TAG})*)$"),
]


class VersionRequired(AppError):
    status = HTTPStatus.PRECONDITION_REQUIRED
    code = "version_required"
    detail = "Send If-Match with the ETag of what you have read."


async def get_expected(if_match: IfMatchHeader = None) -> frozenset[str] | None:
    """Return the versions that may be changed; a weak one compares equal to nothing."""
    if if_match is None:
        return None
    return frozenset({ANY} if if_match == ANY else _TAGS.findall(if_match))


IfMatchDep = Annotated[frozenset[str] | None, Depends(get_expected)]


async def require_expected(expected: IfMatchDep) -> frozenset[str]:
    if expected is None:
        raise VersionRequired
    return expected


RequiredIfMatchDep = Annotated[frozenset[str], Depends(require_expected)]


@dataclass(frozen=True, slots=True)
class Versions:
    """The version that a change is meant for, and the one that it leaves."""

    expected: frozenset[str] | None
    response: Response

    def tagged(self, shown: T) -> T:
        return tagged(self.response, shown)


async def get_versions(expected: IfMatchDep, response: Response) -> Versions:
    return Versions(expected, response)


async def require_versions(expected: RequiredIfMatchDep, response: Response) -> Versions:
    return Versions(expected, response)


VersionsDep = Annotated[Versions, Depends(get_versions)]
RequiredVersionsDep = Annotated[Versions, Depends(require_versions)]


def tagged(response: Response, shown: T) -> T:
    response.headers["ETag"] = tag_of(shown)
    return shown


def created(response: Response, path: str, shown: T) -> T:
    """Say where a new row is from now on; without a host, which a request could have chosen."""
    response.headers["Location"] = f"{API_PREFIX}{path}/{shown.id}"
    return tagged(response, shown)
