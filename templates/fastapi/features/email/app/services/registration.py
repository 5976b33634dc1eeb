"""How an account comes into being, and what a stranger gets to know about it."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import AuditEvent, Outcome, Role
from app.core.errors import Conflict
from app.core.mail_kinds import MailKind
from app.core.mail_settings import MailSettings
from app.core.password_policy import check_password
from app.core.security import PasswordHasher
from app.crud import user as crud
from app.crud import verified_email as verified_crud
from app.db.session import Sessions, unit_of_work
from app.models import User
from app.schemas.user import UserCreate
from app.services import audit, outbox
from app.services.names import refuse_taken, unique_values
from app.utils.helpers import new_id


async def register(
    sessions: Sessions, hasher: PasswordHasher, settings: MailSettings, data: UserCreate
) -> User | None:
    """Create an account; nothing where accounts are hidden: then the mail says what happened."""
    if not settings.hide_accounts:
        await _refuse_early(sessions, data)
    user = await _prepare(hasher, settings, data, Role.USER)
    async with unit_of_work(sessions) as session:
        if await crud.add(session, user):
            await outbox.queue(session, MailKind.VERIFY_ADDRESS, user.email, owner=user)
            await _record(session, user)
            return None if settings.hide_accounts else user
        if not settings.hide_accounts:
            await refuse_taken(session, unique_values(data))
            raise Conflict
        await _tell_owner(session, data)
    return None


async def create_admin(
    sessions: Sessions, hasher: PasswordHasher, settings: MailSettings, data: UserCreate
) -> User:
    """Create an administrator, for whoever may run commands on this machine.

    They vouch for the address: an administrator has to get in before mail works.
    """
    await _refuse_early(sessions, data)
    user = await _prepare(hasher, settings, data, Role.ADMIN)
    async with unit_of_work(sessions) as session:
        if not await crud.add(session, user):
            await refuse_taken(session, unique_values(data))
            raise Conflict
        await verified_crud.replace(session, user.email, owner_id=user.id, now=user.created_at)
        await _record(session, user)
    return user


async def _refuse_early(sessions: Sessions, data: UserCreate) -> None:
    """Spare the expensive hash; between parallel requests the constraints decide."""
    async with unit_of_work(sessions) as session:
        await refuse_taken(session, unique_values(data))


async def _prepare(
    hasher: PasswordHasher, settings: MailSettings, data: UserCreate, role: Role
) -> User:
    password = check_password(settings, data.password, email=data.email, username=data.username)
    return User(
        id=new_id(),
        username=data.username,
        hashed_password=await hasher.hash(password),
        role=role,
        is_active=True,
        **unique_values(data),
    )


async def _tell_owner(session: AsyncSession, data: UserCreate) -> None:
    """Do as much as for an account that is new, so that the time tells nothing either."""
    taken = await crud.has_email(session, data.email)
    kind = MailKind.ADDRESS_TAKEN if taken else MailKind.USERNAME_TAKEN
    await outbox.queue(session, kind, data.email)
    await audit.record(
        session, AuditEvent.REGISTERED, Outcome.FAILURE, details={"reason": kind.value}
    )


async def _record(session: AsyncSession, user: User) -> None:
    await audit.record(
        session,
        AuditEvent.REGISTERED,
        Outcome.SUCCESS,
        actor_id=user.id,
        target=str(user.id),
        details={"role": user.role.value},
    )
