"""How an account comes into being."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import AuditEvent, Outcome, Role
from app.core.errors import Conflict
from app.core.password_policy import check_password
from app.core.security import PasswordHasher
from app.crud import user as crud
from app.db.session import Sessions, unit_of_work
from app.models import User
from app.schemas.user import UserCreate
from app.services import audit
from app.services.names import refuse_taken, unique_values
from app.utils.helpers import new_id


async def register(
    sessions: Sessions, hasher: PasswordHasher, settings: SecuritySettings, data: UserCreate
) -> User:
    """Create an account. The role is no part of what a client sends."""
    return await _create(sessions, hasher, settings, data, Role.USER)


async def create_admin(
    sessions: Sessions, hasher: PasswordHasher, settings: SecuritySettings, data: UserCreate
) -> User:
    """Create an administrator, for whoever may run commands on this machine."""
    return await _create(sessions, hasher, settings, data, Role.ADMIN)


async def _create(
    sessions: Sessions,
    hasher: PasswordHasher,
    settings: SecuritySettings,
    data: UserCreate,
    role: Role,
) -> User:
    password = check_password(settings, data.password, email=data.email, username=data.username)
    named = unique_values(data)
    async with unit_of_work(sessions) as session:
        # Before the expensive hash; between parallel requests the constraints decide.
        await refuse_taken(session, named)
    user = User(
        id=new_id(),
        username=data.username,
        hashed_password=await hasher.hash(password),
        role=role,
        is_active=True,
        **named,
    )
    async with unit_of_work(sessions) as session:
        if not await crud.add(session, user):
            await refuse_taken(session, named)
            raise Conflict
        await _record(session, user)
    return user


async def _record(session: AsyncSession, user: User) -> None:
    await audit.record(
        session,
        AuditEvent.REGISTERED,
        Outcome.SUCCESS,
        actor_id=user.id,
        target=str(user.id),
        details={"role": user.role.value},
    )
