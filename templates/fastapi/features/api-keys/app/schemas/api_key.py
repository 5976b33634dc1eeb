from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from app.core.api_keys import Scope
from app.schemas.base import Input, Output
from app.schemas.times import UTCTime


def _refuse_repetition(scopes: list[Scope]) -> list[Scope]:
    if len(set(scopes)) < len(scopes):
        raise ValueError("a scope stands twice")
    return scopes


Scopes = Annotated[
    list[Annotated[Scope, Field(strict=False)]],
    Field(min_length=1, max_length=len(Scope)),
    AfterValidator(_refuse_repetition),
]


class ApiKeyCreate(Input):
    """A key for a program. Without ``expires_at`` it lives for 90 days, or less if none may."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    scopes: Scopes
    expires_at: UTCTime | None = None


class ApiKeyOut(Output):
    """A key as it is listed: by its beginning, never whole."""

    id: UUID
    name: str
    hint: str
    scopes: Annotated[list[Scope], Field(max_length=len(Scope))]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class NewApiKeyOut(ApiKeyOut):
    """A key that was just made, with the only answer that shows it."""

    key: str
