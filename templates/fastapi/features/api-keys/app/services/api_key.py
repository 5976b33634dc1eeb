"""API keys of a user: made after a recent sign-in, listed, revoked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.api_key_settings import ApiKeySettings
from app.core.api_keys import hint, new_api_key
from app.core.constants import AuditEvent, Outcome
from app.core.errors import Conflict, FieldError, InvalidRequest, InvalidToken, NotFound
from app.core.identity import Caller
from app.core.security import digest
from app.crud import api_key as crud
from app.crud import user as user_crud
from app.crud.pagination import PageRequest
from app.models import ApiKey
from app.schemas.api_key import ApiKeyCreate, ApiKeyOut, NewApiKeyOut
from app.schemas.base import Page
from app.services import audit
from app.services.session import require_recent_sign_in
from app.utils.helpers import utc_now


class ApiKeyNotFound(NotFound):
    code = "api_key_not_found"
    detail = "There is no such API key."


class TooManyApiKeys(Conflict):
    code = "too_many_api_keys"
    detail = "You have as many API keys as you may have. Revoke one first."


class InvalidExpiry(InvalidRequest):
    def __init__(self, message: str) -> None:
        error: FieldError = {"loc": ["body", "expires_at"], "type": "value_error", "msg": message}
        super().__init__(errors=[error])


async def list_keys(session: AsyncSession, actor: Caller, page: PageRequest) -> Page[ApiKeyOut]:
    found = await crud.get_page(session, owner_id=actor.user_id, page=page)
    items = [ApiKeyOut.model_validate(row) for row in found.items]
    return Page(items=items, next_cursor=found.next_cursor)


async def create_key(
    session: AsyncSession, settings: ApiKeySettings, actor: Caller, data: ApiKeyCreate
) -> NewApiKeyOut:
    """Make a key and show it, once. A stolen access token of yesterday makes none."""
    require_recent_sign_in(actor)
    now = utc_now()
    expires_at = _expiry(settings, data.expires_at, now)
    await _claim_place(session, settings, actor)
    text = new_api_key()
    key = ApiKey(
        owner_id=actor.user_id,
        name=data.name,
        hint=hint(text),
        key_hash=digest(text),
        scopes=sorted(data.scopes),
        created_at=now,
        expires_at=expires_at,
    )
    await crud.add(session, key)
    await audit.record(
        session,
        AuditEvent.API_KEY_CREATED,
        Outcome.SUCCESS,
        actor_id=actor.user_id,
        target=str(key.id),
        details={"scopes": " ".join(key.scopes), "expires_at": expires_at.isoformat()},
    )
    return NewApiKeyOut(key=text, **ApiKeyOut.model_validate(key).model_dump())


async def revoke_key(session: AsyncSession, actor: Caller, key_id: UUID) -> None:
    if not await crud.remove(session, key_id, owner_id=actor.user_id):
        raise ApiKeyNotFound
    await audit.record(
        session,
        AuditEvent.API_KEY_REVOKED,
        Outcome.SUCCESS,
        actor_id=actor.user_id,
        target=str(key_id),
    )


def _expiry(settings: ApiKeySettings, wanted: datetime | None, now: datetime) -> datetime:
    if wanted is None:
        return now + settings.api_key_default_lifetime
    if wanted <= now:
        raise InvalidExpiry("is in the past")
    if wanted > now + settings.api_key_lifetime:
        raise InvalidExpiry(f"is later than in {settings.api_key_max_days} days")
    return wanted


async def _claim_place(session: AsyncSession, settings: ApiKeySettings, actor: Caller) -> None:
    """Refuse one key too many. Requests of one account take turns, so that no two both fit."""
    owner = await user_crud.get_locked(session, actor.user_id)
    if owner is None or not owner.is_active:
        raise InvalidToken
    if await crud.count(session, owner_id=actor.user_id) >= settings.max_api_keys_per_user:
        raise TooManyApiKeys
