"""The second factor of one's own account. Every change needs a recent sign-in."""

from fastapi import APIRouter, Depends, status

from app.api.deps import CurrentUser, limit_login_failures
from app.api.routing import SecureRoute
from app.dependencies import ReadSessionDep, SessionDep, SessionsDep, SettingsDep
from app.schemas.two_factor import NewSecretOut, OtpIn, RecoveryCodesOut, TwoFactorOut
from app.services import two_factor as service

router = APIRouter(prefix="/auth/two-factor", tags=["auth"], route_class=SecureRoute)
PROVEN = [Depends(limit_login_failures)]


@router.get("")
async def read_two_factor(session: ReadSessionDep, user: CurrentUser) -> TwoFactorOut:
    """See whether your second factor is on, and how many recovery codes are left."""
    return await service.describe(session, user)


@router.post("")
async def start_two_factor(session: SessionDep, user: CurrentUser) -> NewSecretOut:
    """Get a secret for your authenticator app. It is shown this once."""
    return await service.start(session, user)


@router.post("/confirm", dependencies=PROVEN)
async def confirm_two_factor(
    sessions: SessionsDep, settings: SettingsDep, user: CurrentUser, data: OtpIn
) -> RecoveryCodesOut:
    """Turn it on with a first code. Your other sign-ins end; keep the recovery codes."""
    return await service.confirm(sessions, settings, user, data.otp)


@router.post("/recovery-codes", dependencies=PROVEN)
async def renew_recovery_codes(
    sessions: SessionsDep, settings: SettingsDep, user: CurrentUser, data: OtpIn
) -> RecoveryCodesOut:
    """Get new recovery codes; the old ones are worth nothing from now on."""
    return await service.renew_codes(sessions, settings, user, data.otp)


@router.delete("", status_code=status.HTTP_204_NO_CONTENT, dependencies=PROVEN)
async def disable_two_factor(
    sessions: SessionsDep, settings: SettingsDep, user: CurrentUser, data: OtpIn
) -> None:
    """Turn it off. Your other sign-ins end."""
    await service.disable(sessions, settings, user, data.otp)
