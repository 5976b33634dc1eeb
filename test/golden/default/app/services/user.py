"""What people do with their own account: register, change it, delete it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import RECENT_SIGN_IN, AuditEvent, Outcome, Role
from app.core.errors import Conflict, FieldError, InvalidRequest, ReauthenticationRequired
from app.core.identifiers import username_key
from app.core.identity import Caller
from app.core.password_policy import check_password
from app.core.security import PasswordHasher
from app.crud import user as crud
from app.db.session import Sessions, unit_of_work
from app.models import User
from app.schemas.user import ProfileUpdate, UserCreate
from app.services import audit
from app.services.password import confirm_password, get_unchanged
from app.services.user_admin import get_user, remove_account
from app.utils.helpers import new_id, utc_now


class EmailTaken(Conflict):
    code = "email_taken"
    detail = "This e-mail address belongs to an account."


class UsernameTaken(Conflict):
    code = "username_taken"
    detail = "This user name belongs to an account."


class CurrentPasswordRequired(InvalidRequest):
    detail = "Send current_password to change the e-mail address."

    def __init__(self) -> None:
        missing: FieldError = {
            "loc": ["body", "current_password"],
            "type": "missing",
            "msg": "Field required",
        }
        super().__init__(errors=[missing])


async def register(
    sessions: Sessions,
    hasher: PasswordHasher,
    settings: SecuritySettings,
    data: UserCreate,
    role: Role = Role.USER,
) -> User:
    """Create an account. The role is no part of what a client sends."""
    password = check_password(settings, data.password, email=data.email, username=data.username)
    named = _unique_values(data)
    async with unit_of_work(sessions) as session:
        # Before the expensive hash; between parallel requests the constraints decide.
        await _refuse_taken(session, named)
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
            await _refuse_taken(session, named)
            raise Conflict
        await audit.record(
            session,
            AuditEvent.REGISTERED,
            Outcome.SUCCESS,
            actor_id=user.id,
            target=str(user.id),
            details={"role": role.value},
        )
    return user


async def update_me(
    sessions: Sessions,
    hasher: PasswordHasher,
    settings: SecuritySettings,
    actor: Caller,
    data: ProfileUpdate,
) -> User:
    """Change what was sent; another e-mail address needs the password."""
    confirmed = None
    if data.email not in (None, actor.email):
        if data.current_password is None:
            raise CurrentPasswordRequired
        confirmed = await confirm_password(sessions, hasher, settings, actor, data.current_password)
    async with unit_of_work(sessions) as session:
        if confirmed is None:
            user = await get_user(session, actor.user_id)
        else:
            user = await get_unchanged(session, actor, confirmed)
        return await _change(session, user, data)


async def delete_me(session: AsyncSession, actor: Caller) -> None:
    """Delete the account with all that hangs on it; a stolen token of yesterday cannot."""
    if utc_now() - actor.signed_in_at > RECENT_SIGN_IN:
        raise ReauthenticationRequired
    await remove_account(session, actor, actor.user_id)


async def _change(session: AsyncSession, user: User, data: ProfileUpdate) -> User:
    user_id, old_email = user.id, user.email
    named = _unique_values(data)
    changes = named if data.username is None else named | {"username": data.username}
    if not await crud.change(session, user, changes):
        await _refuse_taken(session, named, except_id=user_id)
        raise Conflict
    if "phone" in data.model_fields_set:
        user.phone = data.phone
        await session.flush()
    if user.email != old_email:
        await audit.record(
            session,
            AuditEvent.EMAIL_CHANGED,
            Outcome.SUCCESS,
            actor_id=user_id,
            target=str(user_id),
        )
    return user


def _unique_values(data: UserCreate | ProfileUpdate) -> dict[str, str]:
    """Return the sent values of the columns in which no two users may be equal."""
    values = {}
    if data.email is not None:
        values["email"] = data.email
    if data.username is not None:
        values["username_key"] = username_key(data.username)
    return values


async def _refuse_taken(
    session: AsyncSession, values: Mapping[str, str], *, except_id: UUID | None = None
) -> None:
    email, key = values.get("email"), values.get("username_key")
    if email is not None and await crud.has_email(session, email, except_id=except_id):
        raise EmailTaken
    if key is not None and await crud.has_username(session, key, except_id=except_id):
        raise UsernameTaken
