"""What administrators do with accounts. One who can sign in always remains."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import AuditEvent, Outcome, Role
from app.core.errors import Conflict, NotFound
from app.core.identity import Caller
from app.crud import session as session_crud
from app.crud import user as crud
from app.crud.pagination import PageRequest
from app.models import User
from app.schemas.base import Page
from app.schemas.user import AdminUserOut, UserUpdate
from app.services import audit
from app.services.account_view import show_account
from app.services.file_removal import forget_files
from app.services.step_up import require_step_up
from app.utils.helpers import utc_now


class UserNotFound(NotFound):
    code = "user_not_found"
    detail = "There is no such user."


class LastAdmin(Conflict):
    code = "last_admin"
    detail = "The last active administrator stays."


async def list_users(session: AsyncSession, actor: Caller, page: PageRequest) -> Page[AdminUserOut]:
    found = await crud.get_page(session, page)
    await _record(session, AuditEvent.ADMIN_READ, actor, "users", {"count": len(found.items)})
    items = [await show_account(session, user) for user in found.items]
    return Page(items=items, next_cursor=found.next_cursor)


async def read_user(session: AsyncSession, actor: Caller, user_id: UUID) -> AdminUserOut:
    user = await get_user(session, user_id)
    await _record(session, AuditEvent.ADMIN_READ, actor, str(user_id))
    return await show_account(session, user)


async def update_user(
    session: AsyncSession, actor: Caller, user_id: UUID, data: UserUpdate
) -> AdminUserOut:
    await require_step_up(session, actor)
    remains = data.role is not Role.USER and data.is_active is not False
    user = await _lock(session, user_id, remains_admin=remains)
    old_role, was_active = user.role, user.is_active
    user.role = data.role or old_role
    user.is_active = was_active if data.is_active is None else data.is_active
    await session.flush()
    if was_active and not user.is_active:
        # Every sign-in ends for good: reactivation later revives none of them.
        await session_crud.revoke_all(session, owner_id=user.id, now=utc_now())
        await _record(session, AuditEvent.USER_DEACTIVATED, actor, str(user_id))
    if user.role is not old_role:
        change = {"from": old_role.value, "to": user.role.value}
        await _record(session, AuditEvent.ROLE_CHANGED, actor, str(user_id), change)
    return await show_account(session, user)


async def remove_account(session: AsyncSession, actor: Caller, user_id: UUID) -> None:
    """Delete an account; its sessions and whatever else is its own go with it."""
    await require_step_up(session, actor)
    user = await _lock(session, user_id, remains_admin=False)
    await forget_files(session, user_id)
    await crud.remove(session, user)
    await _record(session, AuditEvent.ACCOUNT_DELETED, actor, str(user_id))


async def get_user(session: AsyncSession, user_id: UUID) -> User:
    user = await crud.get(session, user_id)
    if user is None:
        raise UserNotFound
    return user


async def _lock(session: AsyncSession, user_id: UUID, *, remains_admin: bool) -> User:
    """Lock the account for a change, unless that would leave nobody to administrate.

    The administrators are locked first, always: of two who demote each other one has to wait,
    and then sees that there is only one left.
    """
    admins = await crud.lock_active_admins(session)
    user = await crud.get_locked(session, user_id)
    if user is None:
        raise UserNotFound
    if not remains_admin and list(admins) == [user_id]:
        raise LastAdmin
    return user


async def _record(
    session: AsyncSession,
    event: AuditEvent,
    actor: Caller,
    target: str,
    details: Mapping[str, str | int | bool | None] = audit.NO_DETAILS,
) -> None:
    await audit.record(
        session, event, Outcome.SUCCESS, actor_id=actor.user_id, target=target, details=details
    )
