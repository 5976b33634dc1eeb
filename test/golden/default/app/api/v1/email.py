"""What comes back from a mailbox: confirmed addresses and new passwords."""

from fastapi import APIRouter, Depends, status

from app.api.deps import require_same_origin
from app.api.mail_limits import limit_mail_to
from app.api.routing import PublicRoute
from app.dependencies import HasherDep, LimiterDep, SessionDep, SessionsDep, SettingsDep
from app.schemas.email import (
    EmailVerification,
    MailOnItsWayOut,
    PasswordForgotten,
    PasswordReset,
)
from app.services import email_verification as verification_service
from app.services import password_reset as reset_service

router = APIRouter(
    prefix="/auth",
    tags=["auth"],
    route_class=PublicRoute,
    dependencies=[Depends(require_same_origin)],
)


@router.post("/verify-email", status_code=status.HTTP_204_NO_CONTENT)
async def verify_email(session: SessionDep, data: EmailVerification) -> None:
    """Confirm an e-mail address with the token of a mail."""
    await verification_service.verify_email(session, data.token)


@router.post("/forgot-password", status_code=status.HTTP_202_ACCEPTED)
async def forgot_password(
    session: SessionDep, settings: SettingsDep, limiter: LimiterDep, data: PasswordForgotten
) -> MailOnItsWayOut:
    """Have a link sent with which to choose a new password."""
    await limit_mail_to(limiter, settings, data.email)
    await reset_service.ask_for_reset(session, data.email)
    return MailOnItsWayOut()


@router.post("/reset-password", status_code=status.HTTP_204_NO_CONTENT)
async def reset_password(
    sessions: SessionsDep, hasher: HasherDep, settings: SettingsDep, data: PasswordReset
) -> None:
    """Choose a new password with the token of a mail. Every sign-in ends."""
    await reset_service.reset_password(sessions, hasher, settings, data)
