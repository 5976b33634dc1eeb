"""Signing up: open to everybody, but not to other sites."""

from fastapi import APIRouter, Depends, status

from app.api.deps import require_same_origin
from app.api.routing import PublicRoute
from app.dependencies import HasherDep, SessionsDep, SettingsDep
from app.models import User
from app.schemas.user import UserCreate, UserOut
from app.services import registration as service

router = APIRouter(
    prefix="/auth",
    tags=["auth"],
    route_class=PublicRoute,
    dependencies=[Depends(require_same_origin)],
)


@router.post("/register", response_model=UserOut, status_code=status.HTTP_201_CREATED)
async def register(
    sessions: SessionsDep, hasher: HasherDep, settings: SettingsDep, data: UserCreate
) -> User:
    """Create an account."""
    return await service.register(sessions, hasher, settings, data)
