"""Keys with which programs act for a user."""

from uuid import UUID

from fastapi import APIRouter, status

from app.api.deps import CurrentUser, PageParams
from app.api.routing import SecureRoute
from app.dependencies import ReadSessionDep, SessionDep, SettingsDep
from app.schemas.api_key import ApiKeyCreate, ApiKeyOut, NewApiKeyOut
from app.schemas.base import Page
from app.services import api_key as service

router = APIRouter(prefix="/api-keys", tags=["api-keys"], route_class=SecureRoute)


@router.get("")
async def list_api_keys(
    session: ReadSessionDep, user: CurrentUser, page: PageParams
) -> Page[ApiKeyOut]:
    """List your API keys, newest first."""
    return await service.list_keys(session, user, page)


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_api_key(
    session: SessionDep, settings: SettingsDep, user: CurrentUser, data: ApiKeyCreate
) -> NewApiKeyOut:
    """Make a key, which is shown this once. Needs a recent sign-in."""
    return await service.create_key(session, settings, user, data)


@router.delete("/{key_id}", status_code=status.HTTP_204_NO_CONTENT)
async def revoke_api_key(session: SessionDep, user: CurrentUser, key_id: UUID) -> None:
    """Revoke a key: its next request is refused."""
    await service.revoke_key(session, user, key_id)
