"""Requests that clients may send twice and that happen once."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import IDEMPOTENCY_LIFETIME
from app.core.errors import InvalidRequest, ServiceUnavailable
from app.core.keys import keyed_hashes
from app.crud import idempotency as crud
from app.schemas.base import Input, Output
from app.utils.helpers import utc_now


class IdempotencyKeyReused(InvalidRequest):
    code = "idempotency_key_reused"
    detail = "This Idempotency-Key belongs to another request of yours."


@dataclass(frozen=True, slots=True)
class Attempt:
    """Whose request it is, under which key, and what it does."""

    user_id: UUID
    key: str
    operation: str
    data: Input


async def begin(session: AsyncSession, attempt: Attempt) -> str | None:
    """Claim the key, in the transaction of the request itself; return an earlier answer.

    What fails leaves no key behind, so that it can be tried again.
    """
    now = utc_now()
    content = f"{attempt.operation} {attempt.data.model_dump_json()}"
    fingerprints = keyed_hashes(session.info["settings"], "idempotency", content)
    await crud.remove_key(
        session, user_id=attempt.user_id, key=attempt.key, before=now - IDEMPOTENCY_LIFETIME
    )
    if await crud.claim(
        session, user_id=attempt.user_id, key=attempt.key, fingerprint=fingerprints[0], now=now
    ):
        return None
    earlier = await crud.get(session, user_id=attempt.user_id, key=attempt.key)
    if earlier is None:
        raise ServiceUnavailable(retry_after=1)
    if earlier.fingerprint not in fingerprints:
        raise IdempotencyKeyReused
    return earlier.answer


async def finish(session: AsyncSession, attempt: Attempt, answer: Output) -> None:
    """Keep the answer for the next time, encrypted as everything in it may be."""
    claimed = await crud.get(session, user_id=attempt.user_id, key=attempt.key)
    if claimed is not None:
        claimed.answer = answer.model_dump_json()
        await session.flush()
