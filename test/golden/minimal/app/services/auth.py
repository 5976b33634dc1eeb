"""Signing in and out."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import AuditEvent, Outcome
from app.core.errors import InvalidCredentials
from app.core.identifiers import sign_in_name
from app.core.security import AccessClaims, PasswordHasher, digest
from app.crud import refresh_token as token_crud
from app.crud import session as session_crud
from app.crud import user as user_crud
from app.db.session import Sessions, unit_of_work
from app.models import User
from app.schemas.login import LoginForm
from app.services import audit, login_throttle
from app.services.known_device import device_id_of, new_device
from app.services.login_throttle import Counter, LoginLocked
from app.services.session import Tokens, open_session
from app.utils.helpers import utc_now


@dataclass(frozen=True, slots=True)
class SignIn:
    """What somebody sends to sign in; the last two are cookies of an earlier time."""

    form: LoginForm
    device: str | None = None
    refresh_token: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    tokens: Tokens
    device: str | None
    """The cookie of a browser that is new to this account."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A password that was right a moment ago, for the account as it was then."""

    user: User
    new_hash: str | None
    device_id: str | None
    counters: tuple[Counter, ...]


async def log_in(
    sessions: Sessions, hasher: PasswordHasher, settings: SecuritySettings, attempt: SignIn
) -> SignedIn:
    """Sign in; unknown, wrong and inactive look and take the same.

    Three units of work, so that no connection waits while a password is hashed.
    """
    checked = await _check(sessions, hasher, settings, attempt)
    async with unit_of_work(sessions) as session:
        signed_in = await _open(session, settings, attempt, checked)
    if signed_in is None:
        # The account or its hash changed while we compared: compare again, counting again.
        return await log_in(sessions, hasher, settings, attempt)
    return signed_in


async def _check(
    sessions: Sessions, hasher: PasswordHasher, settings: SecuritySettings, attempt: SignIn
) -> Checked:
    now = utc_now()
    name = sign_in_name(attempt.form.username)
    shared = login_throttle.of_name(settings, name)
    async with unit_of_work(sessions) as session:
        user = await user_crud.get_by_name(session, name)
        device_id = device_id_of(settings, user.id if user else None, attempt.device, now)
        gate = login_throttle.of_device(settings, device_id) if device_id else shared
        # Strangers do not close the way of a known browser; who is signed in and guesses does.
        inside = login_throttle.of_account(settings, user.id) if user and device_id else None
        wait = await login_throttle.count_attempt(session, (gate,), now, heeded=inside)
    if wait is not None:
        raise LoginLocked(gate.key, wait)
    result = await hasher.verify(attempt.form.password, user.hashed_password if user else None)
    if user is None or not user.is_active or not result.ok:
        await audit.record_now(
            sessions,
            AuditEvent.LOGIN_FAILED,
            Outcome.FAILURE,
            target=str(user.id) if user else shared.key,
        )
        raise InvalidCredentials
    return Checked(user, result.new_hash, device_id, (gate, shared))


async def _open(
    session: AsyncSession, settings: SecuritySettings, attempt: SignIn, checked: Checked
) -> SignedIn | None:
    now = utc_now()
    user = await user_crud.get_locked(session, checked.user.id)
    if user is None or user.hashed_password != checked.user.hashed_password or not user.is_active:
        return None
    if checked.new_hash is not None:
        user.hashed_password = checked.new_hash
    await login_throttle.forget_failures(session, checked.counters)
    opened, tokens = await open_session(session, settings, user, now)
    if attempt.refresh_token is not None:
        # The browser forgets this cookie now; whoever else has it must not go on (ASVS 7.2.4).
        await token_crud.retire(session, digest(attempt.refresh_token), now)
    await audit.record(
        session,
        AuditEvent.LOGIN_SUCCEEDED,
        Outcome.SUCCESS,
        actor_id=user.id,
        target=str(opened.id),
    )
    device = None if checked.device_id else new_device(settings, user.id, now)
    return SignedIn(tokens, device)


async def log_out(
    session: AsyncSession, claims: AccessClaims | None, refresh_token: str | None
) -> None:
    """End the sign-ins that the access token and the cookie belong to; none is fine too."""
    now = utc_now()
    named: list[tuple[UUID, UUID]] = []
    if refresh_token is not None:
        presented = await token_crud.find(session, digest(refresh_token))
        if presented is not None:
            named.append((presented.session.user_id, presented.session.id))
    if claims is not None:
        named.append((claims.user_id, claims.session_id))
    ended = [
        (owner_id, session_id)
        for owner_id, session_id in named
        if await session_crud.revoke(session, session_id, owner_id=owner_id, now=now)
    ]
    for owner_id, session_id in ended:
        await audit.record(
            session,
            AuditEvent.LOGOUT,
            Outcome.SUCCESS,
            actor_id=owner_id,
            target=str(session_id),
        )
