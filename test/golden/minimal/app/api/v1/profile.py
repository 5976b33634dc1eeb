"""Changing your own account."""

from fastapi import APIRouter, Depends

from app.api.deps import CurrentUser, limit_login_failures
from app.api.routing import SecureRoute
from app.dependencies import HasherDep, SessionsDep, SettingsDep
from app.models import User
from app.schemas.user import ProfileUpdate, UserOut
from app.services import user as service

router = APIRouter(prefix="/users", tags=["users"], route_class=SecureRoute)


@router.patch("/me", response_model=UserOut, dependencies=[Depends(limit_login_failures)])
async def update_me(
    sessions: SessionsDep,
    hasher: HasherDep,
    settings: SettingsDep,
    user: CurrentUser,
    data: ProfileUpdate,
) -> User:
    """Change your user name, number or e-mail address; the last one needs your password."""
    return await service.update_me(sessions, hasher, settings, user, data)
