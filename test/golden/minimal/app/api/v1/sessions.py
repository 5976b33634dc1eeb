"""Where the caller is signed in, and the password that is behind it."""

from uuid import UUID

from fastapi import APIRouter, Depends, Response, status

from app.api.cookies import forget_sign_in
from app.api.deps import CurrentUser, PageParams, limit_login_failures
from app.api.routing import SecureRoute
from app.dependencies import HasherDep, ReadSessionDep, SessionDep, SessionsDep, SettingsDep
from app.schemas.auth import PasswordChange
from app.schemas.base import Page
from app.schemas.session import SessionOut
from app.services import active_sessions as service
from app.services import password as password_service

router = APIRouter(prefix="/auth", tags=["auth"], route_class=SecureRoute)


@router.get("/sessions")
async def list_sessions(
    session: ReadSessionDep, settings: SettingsDep, user: CurrentUser, page: PageParams
) -> Page[SessionOut]:
    """List where you are signed in, newest first."""
    return await service.list_sessions(session, settings, user, page)


@router.delete("/sessions/{session_id}", status_code=status.HTTP_204_NO_CONTENT)
async def revoke_session(session: SessionDep, user: CurrentUser, session_id: UUID) -> None:
    """Sign out somewhere else: its tokens are dead at once."""
    await service.revoke_session(session, user, session_id)


@router.post("/logout-all", status_code=status.HTTP_204_NO_CONTENT)
async def logout_all(
    session: SessionDep, settings: SettingsDep, user: CurrentUser, response: Response
) -> None:
    """Sign out everywhere, here too."""
    await service.log_out_everywhere(session, user)
    forget_sign_in(response, settings)


@router.post(
    "/password",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(limit_login_failures)],
)
async def change_password(
    sessions: SessionsDep,
    hasher: HasherDep,
    settings: SettingsDep,
    user: CurrentUser,
    data: PasswordChange,
) -> None:
    """Change your password. You stay signed in here, and nowhere else."""
    await password_service.change_password(sessions, hasher, settings, user, data)
