"""Accounts: your own, and all of them for administrators."""

from uuid import UUID

from fastapi import APIRouter, Depends, Response, status

from app.api.cookies import forget_sign_in
from app.api.deps import AdminUser, CurrentUser, PageParams, limit_login_failures
from app.api.routing import SecureRoute
from app.core.identity import Caller
from app.dependencies import HasherDep, SessionDep, SessionsDep, SettingsDep
from app.models import User
from app.schemas.base import Page
from app.schemas.export import ExportOut
from app.schemas.user import AdminUserOut, ProfileUpdate, UserOut, UserUpdate
from app.services import export as export_service
from app.services import user as service
from app.services import user_admin as admin_service

router = APIRouter(prefix="/users", tags=["users"], route_class=SecureRoute)


@router.get("/me", response_model=UserOut)
async def read_me(user: CurrentUser) -> Caller:
    """Read your account."""
    return user


@router.get("/me/export")
async def export_me(session: SessionDep, user: CurrentUser, response: Response) -> ExportOut:
    """Get everything that is held about you."""
    response.headers["Content-Disposition"] = 'attachment; filename="export.json"'
    return await export_service.export_me(session, user)


@router.patch("/me", response_model=UserOut, dependencies=[Depends(limit_login_failures)])
async def update_me(
    sessions: SessionsDep,
    hasher: HasherDep,
    settings: SettingsDep,
    user: CurrentUser,
    data: ProfileUpdate,
) -> User:
    """Change your user name or e-mail address; the latter needs your password."""
    return await service.update_me(sessions, hasher, settings, user, data)


@router.delete("/me", status_code=status.HTTP_204_NO_CONTENT)
async def delete_me(
    session: SessionDep, settings: SettingsDep, user: CurrentUser, response: Response
) -> None:
    """Delete your account and all that is yours. Needs a sign-in of the last ten minutes."""
    await service.delete_me(session, user)
    forget_sign_in(response, settings)


@router.get("", response_model=Page[AdminUserOut])
async def list_users(session: SessionDep, user: AdminUser, page: PageParams) -> dict[str, object]:
    """List all accounts, newest first."""
    items, next_cursor = await admin_service.list_users(session, user, page)
    return {"items": items, "next_cursor": next_cursor}


@router.get("/{user_id}", response_model=AdminUserOut)
async def read_user(session: SessionDep, user: AdminUser, user_id: UUID) -> User:
    """Read an account."""
    return await admin_service.read_user(session, user, user_id)


@router.patch("/{user_id}", response_model=AdminUserOut)
async def update_user(
    session: SessionDep, user: AdminUser, user_id: UUID, data: UserUpdate
) -> User:
    """Change the role of an account, or whether it may sign in."""
    return await admin_service.update_user(session, user, user_id, data)


@router.delete("/{user_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_user(session: SessionDep, user: AdminUser, user_id: UUID) -> None:
    """Delete an account and all that hangs on it."""
    await admin_service.remove_account(session, user, user_id)
