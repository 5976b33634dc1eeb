"""``Idempotency-Key``: a POST that is sent again is answered again, and happens once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.deps import CurrentUser
from app.core.identity import Caller
from app.dependencies import SessionDep
from app.schemas.base import Input, Output
from app.services import idempotency as service
from app.services.idempotency import Attempt

T = TypeVar("T", bound=Output)

IdempotencyKeyHeader = Annotated[
    str | None,
    Header(alias="Idempotency-Key", min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$"),
]


@dataclass(frozen=True, slots=True)
class Repeatable:
    session: AsyncSession
    user: Caller
    operation: str
    key: str | None

    async def once(self, data: Input, create: Callable[[], Awaitable[T]], shape: type[T]) -> T:
        """Create something, unless this very request has created it before."""
        if self.key is None:
            return await create()
        attempt = Attempt(self.user.id, self.key, self.operation, data)
        earlier = await service.begin(self.session, attempt)
        if earlier is not None:
            return shape.model_validate_json(earlier)
        shown = await create()
        await service.finish(self.session, attempt, shown)
        return shown


async def get_repeatable(
    request: Request, session: SessionDep, user: CurrentUser, key: IdempotencyKeyHeader = None
) -> Repeatable:
    return Repeatable(session, user, f"{request.method} {request.url.path}", key)


RepeatableDep = Annotated[Repeatable, Depends(get_repeatable)]
