"""Moving an account to another e-mail address; the password was asked for before."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import AuditEvent, Outcome
from app.crud import user as crud
from app.models import User
from app.services import audit
from app.services.names import EmailTaken


async def move_to(session: AsyncSession, user: User, email: str) -> None:
    user_id = user.id
    if not await crud.change(session, user, {"email": email}):
        raise EmailTaken
    await audit.record(
        session,
        AuditEvent.EMAIL_CHANGED,
        Outcome.SUCCESS,
        actor_id=user_id,
        target=str(user_id),
    )
