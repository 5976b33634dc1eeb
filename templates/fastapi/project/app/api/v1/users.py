"""Accounts: your own, and all of them for administrators."""

from uuid import UUID

from fastapi import APIRouter, Depends, Response, status
from fastapi.responses import StreamingResponse

from app.api.cookies import forget_sign_in
from app.api.deps import AdminUser, CurrentUser, PageParams
from app.api.exports import EXPORT_HEADERS, one_export_at_a_time
from app.api.routing import SecureRoute
from app.core.identity import Caller
from app.dependencies import EngineDep, SessionDep, SessionsDep, SettingsDep
from app.schemas.base import Page
from app.schemas.export import ExportOut
from app.schemas.user import AdminUserOut, UserOut, UserUpdate
from app.services import export as export_service
from app.services import user as service
from app.services import user_admin as admin_service

router = APIRouter(prefix="/users", tags=["users"], route_class=SecureRoute)


@router.get("/me", response_model=UserOut)
async def read_me(user: CurrentUser) -> Caller:
    """Read your account."""
    return user


@router.get("/me/export", response_model=ExportOut, dependencies=[Depends(one_export_at_a_time)])
async def export_me(
    engine: EngineDep, sessions: SessionsDep, user: CurrentUser
) -> StreamingResponse:
    """Get everything that is held about you."""
    document = await export_service.export_me(engine, sessions, user)
    return StreamingResponse(document, headers=EXPORT_HEADERS, media_type="application/json")


@router.delete("/me", status_code=status.HTTP_204_NO_CONTENT)
async def delete_me(
    session: SessionDep, settings: SettingsDep, user: CurrentUser, response: Response
) -> None:
    """Delete your account and all that is yours. Needs a recent sign-in."""
    await service.delete_me(session, user)
    forget_sign_in(response, settings)


@router.get("")
async def list_users(session: SessionDep, user: AdminUser, page: PageParams) -> Page[AdminUserOut]:
    """List all accounts, newest first."""
    return await admin_service.list_users(session, user, page)


@router.get("/{user_id}")
async def read_user(session: SessionDep, user: AdminUser, user_id: UUID) -> AdminUserOut:
    """Read an account."""
    return await admin_service.read_user(session, user, user_id)


@router.patch("/{user_id}")
async def update_user(
    session: SessionDep, user: AdminUser, user_id: UUID, data: UserUpdate
) -> AdminUserOut:
    """Change the role of an account, or whether it may sign in."""
    return await admin_service.update_user(session, user, user_id, data)


@router.delete("/{user_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_user(session: SessionDep, user: AdminUser, user_id: UUID) -> None:
    """Delete an account and all that hangs on it."""
    await admin_service.remove_account(session, user, user_id)
