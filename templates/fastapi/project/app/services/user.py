"""What people do with their own account: change it, delete it."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.errors import FieldError, InvalidRequest, InvalidToken
from app.core.identifiers import username_key
from app.core.identity import Caller
from app.core.security import PasswordHasher
from app.crud import user as crud
from app.db.session import Sessions, unit_of_work
from app.models import User
from app.schemas.user import ProfileUpdate
from app.services.email_address import move_to
from app.services.names import UsernameTaken
from app.services.password import confirm_password, get_unchanged
from app.services.session import require_recent_sign_in
from app.services.user_admin import UserNotFound, remove_account


class CurrentPasswordRequired(InvalidRequest):
    detail = "Send current_password to change the e-mail address."

    def __init__(self) -> None:
        missing: FieldError = {
            "loc": ["body", "current_password"],
            "type": "missing",
            "msg": "Field required",
        }
        super().__init__(errors=[missing])


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
            user = await _lock(session, actor)
        else:
            user = await get_unchanged(session, actor, confirmed)
        return await _change(session, user, data)


async def delete_me(session: AsyncSession, actor: Caller) -> None:
    """Delete the account with all that hangs on it; a stolen token of yesterday cannot."""
    require_recent_sign_in(actor)
    try:
        await remove_account(session, actor, actor.user_id)
    except UserNotFound:
        # As in _lock.
        raise InvalidToken from None


async def _lock(session: AsyncSession, actor: Caller) -> User:
    user = await crud.get_locked(session, actor.user_id)
    if user is None:
        # Deleted since the token was checked: from now on it is nobody's.
        raise InvalidToken
    return user


async def _change(session: AsyncSession, user: User, data: ProfileUpdate) -> User:
    if data.username is not None:
        named = {"username": data.username, "username_key": username_key(data.username)}
        if not await crud.change(session, user, named):
            raise UsernameTaken
    if "phone" in data.model_fields_set:
        user.phone = data.phone
        await session.flush()
    if data.email not in (None, user.email):
        await move_to(session, user, data.email)
    return user
