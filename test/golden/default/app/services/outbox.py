"""Where mail begins: a row in the transaction of its cause, so that neither comes alone."""

import asyncio

from sqlalchemy import event as events
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.mail_kinds import MailKind
from app.core.security import digest
from app.crud import outgoing_mail as crud
from app.models import OutgoingMail, User
from app.utils.helpers import utc_now

# One for each delivery that runs in this process: rung when there is something to do.
bells: set[asyncio.Event] = set()


async def queue(
    session: AsyncSession, kind: MailKind, recipient: str, *, owner: User | None = None
) -> None:
    """Have a mail sent once this unit of work is committed; the request does not wait for it."""
    mail = OutgoingMail(kind=kind.value, due_at=utc_now())
    mail.recipient = recipient
    if owner is not None:
        mail.owner_id = owner.id
        mail.password_digest = digest(owner.hashed_password)
    await crud.add(session, mail)
    # Not once: a savepoint may be released before the transaction is committed.
    events.listen(session.sync_session, "after_commit", _ring)


def _ring(_: object) -> None:
    for bell in bells:
        bell.set()
