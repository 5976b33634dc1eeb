"""A second factor of one's own: turned on, turned off, and codes for the day the app is lost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import AuditEvent
from app.core.errors import Conflict, InvalidToken
from app.core.identity import Caller
from app.core.one_time_code import Factor, new_recovery_codes, new_secret, otpauth_uri, plain
from app.core.security import digest
from app.crud import session as session_crud
from app.crud import two_factor as crud
from app.crud import user as user_crud
from app.db.session import Sessions, unit_of_work
from app.models import TwoFactor, User
from app.schemas.two_factor import NewSecretOut, RecoveryCodesOut, TwoFactorOut
from app.services import audit
from app.services.second_factor import counter_of, prove, record_change, record_factor
from app.services.session import require_recent_sign_in
from app.utils.helpers import utc_now


class TwoFactorEnabled(Conflict):
    code = "two_factor_enabled"
    detail = "The second factor is on. Turn it off before you set up another."


class TwoFactorNotEnabled(Conflict):
    code = "two_factor_not_enabled"
    detail = "The second factor is off. POST /auth/two-factor sets it up."


@dataclass(frozen=True, slots=True)
class Proof:
    """A code that was right, in the unit of work that uses it up."""

    session: AsyncSession
    user: User
    two_factor: TwoFactor
    factor: Factor


async def describe(session: AsyncSession, actor: Caller) -> TwoFactorOut:
    two_factor = await crud.get(session, owner_id=actor.user_id)
    enabled_at = two_factor.confirmed_at if two_factor else None
    left = await crud.count_recovery_codes(session, owner_id=actor.user_id)
    return TwoFactorOut(
        enabled=enabled_at is not None, enabled_at=enabled_at, recovery_codes_left=left
    )


async def start(session: AsyncSession, actor: Caller) -> NewSecretOut:
    """Make a secret for the app. Nothing is asked for until a code of it has come back."""
    require_recent_sign_in(actor)
    _, unconfirmed = await _lock(session, actor)
    if unconfirmed is not None:
        _require_state(unconfirmed, enabled=False)
        await crud.remove(session, unconfirmed)
    secret = new_secret()
    await crud.add(session, TwoFactor(owner_id=actor.user_id, secret=secret))
    return NewSecretOut(secret=secret, otpauth_uri=otpauth_uri(secret, actor.email))


async def confirm(
    sessions: Sessions, settings: SecuritySettings, actor: Caller, otp: str
) -> RecoveryCodesOut:
    """Turn it on, and end every other sign-in: those were made without it."""
    async with _proven(sessions, settings, actor, otp, enabled=False) as proof:
        proof.two_factor.confirmed_at = utc_now()
        codes = await _replace_codes(proof.session, actor)
        ended = await _end_others(proof.session, actor)
        await _record(proof, AuditEvent.TWO_FACTOR_ENABLED, {"sessions_ended": ended})
    return codes


async def renew_codes(
    sessions: Sessions, settings: SecuritySettings, actor: Caller, otp: str
) -> RecoveryCodesOut:
    async with _proven(sessions, settings, actor, otp, enabled=True) as proof:
        codes = await _replace_codes(proof.session, actor)
        await _record(proof, AuditEvent.RECOVERY_CODES_RENEWED)
    return codes


async def disable(sessions: Sessions, settings: SecuritySettings, actor: Caller, otp: str) -> None:
    """Turn it off, and end every other sign-in: the account is weaker from now on."""
    async with _proven(sessions, settings, actor, otp, enabled=True) as proof:
        await crud.remove(proof.session, proof.two_factor)
        ended = await _end_others(proof.session, actor)
        await _record(proof, AuditEvent.TWO_FACTOR_DISABLED, {"sessions_ended": ended})


@asynccontextmanager
async def _proven(
    sessions: Sessions, settings: SecuritySettings, actor: Caller, otp: str, *, enabled: bool
) -> AsyncIterator[Proof]:
    """Open a unit of work for somebody who signed in lately and sends a code now."""
    require_recent_sign_in(actor)
    gate = counter_of(settings, "signed-in", actor.user_id)
    async with unit_of_work(sessions) as session:
        user, found = await _lock(session, actor)
        two_factor = _require_state(found, enabled=enabled)
        factor = await prove(session, settings, two_factor, otp, gate)
        yield Proof(session, user, two_factor, factor)


async def _lock(session: AsyncSession, actor: Caller) -> tuple[User, TwoFactor | None]:
    """Lock the account: sign-ins and other changes of its second factor wait."""
    user = await user_crud.get_locked(session, actor.user_id)
    if user is None:
        raise InvalidToken
    return user, await crud.get(session, owner_id=user.id)


def _require_state(two_factor: TwoFactor | None, *, enabled: bool) -> TwoFactor:
    if two_factor is None:
        raise TwoFactorNotEnabled
    if (two_factor.confirmed_at is not None) is not enabled:
        raise TwoFactorNotEnabled if enabled else TwoFactorEnabled
    return two_factor


async def _replace_codes(session: AsyncSession, actor: Caller) -> RecoveryCodesOut:
    codes = new_recovery_codes()
    hashes = [digest(plain(code)) for code in codes]
    await crud.replace_recovery_codes(session, hashes, owner_id=actor.user_id, now=utc_now())
    return RecoveryCodesOut(recovery_codes=codes)


async def _end_others(session: AsyncSession, actor: Caller) -> int:
    return await session_crud.revoke_all(
        session, owner_id=actor.user_id, now=utc_now(), except_id=actor.session_id
    )


async def _record(
    proof: Proof, event: AuditEvent, details: audit.Members = audit.NO_DETAILS
) -> None:
    await record_factor(proof.session, proof.user, proof.factor)
    await record_change(proof.session, proof.user, event, details, actor_id=proof.user.id)
