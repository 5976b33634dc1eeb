"""Signing up: open to everybody, but not to other sites."""

from typing import Any

from fastapi import APIRouter, Depends, status
from fastapi.responses import JSONResponse

from app.api.deps import require_same_origin
from app.api.mail_limits import limit_mail_to
from app.api.routing import PublicRoute
from app.dependencies import HasherDep, LimiterDep, SessionsDep, SettingsDep
from app.models import User
from app.schemas.email import MailOnItsWayOut
from app.schemas.user import UserCreate, UserOut
from app.services import registration as service

router = APIRouter(
    prefix="/auth",
    tags=["auth"],
    route_class=PublicRoute,
    dependencies=[Depends(require_same_origin)],
)

HIDDEN: dict[int | str, dict[str, Any]] = {
    status.HTTP_202_ACCEPTED: {
        "model": MailOnItsWayOut,
        "description": "With HIDE_ACCOUNTS: whether there is an account stands in the mail only",
    }
}


@router.post(
    "/register",
    response_model=UserOut,
    status_code=status.HTTP_201_CREATED,
    responses=HIDDEN,
)
async def register(
    sessions: SessionsDep,
    hasher: HasherDep,
    settings: SettingsDep,
    limiter: LimiterDep,
    data: UserCreate,
) -> User | JSONResponse:
    """Create an account."""
    await limit_mail_to(limiter, settings, data.email, "register")
    user = await service.register(sessions, hasher, settings, data)
    if user is None:
        return JSONResponse(MailOnItsWayOut().model_dump(), status.HTTP_202_ACCEPTED)
    return user
