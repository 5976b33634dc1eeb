"""What people get when they ask what is held about them (GDPR, articles 15 and 20)."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import AuditEvent, Outcome
from app.core.identity import Caller
from app.crud import audit as audit_crud
from app.crud import personal
from app.crud import session as session_crud
from app.models import AuditRecord
from app.schemas.audit import AuditEventOut
from app.schemas.export import ExportOut
from app.schemas.session import SessionOut
from app.schemas.user import UserOut
from app.services import audit
from app.utils.helpers import utc_now


async def export_me(session: AsyncSession, actor: Caller) -> ExportOut:
    sessions = await session_crud.get_all(session, owner_id=actor.user_id)
    events = await audit_crud.get_about(session, actor.user_id)
    export = ExportOut(
        exported_at=utc_now(),
        profile=UserOut.model_validate(actor),
        sessions=[_session(row, actor.session_id) for row in sessions],
        audit_events=[_event(row, actor.user_id) for row in events],
        records=await personal.get_owned(session, owner_id=actor.user_id),
    )
    await audit.record(
        session,
        AuditEvent.DATA_EXPORTED,
        Outcome.SUCCESS,
        actor_id=actor.user_id,
        target=str(actor.user_id),
    )
    return export


def _session(row: object, current_id: UUID) -> SessionOut:
    shown = SessionOut.model_validate(row)
    return shown.model_copy(update={"current": shown.id == current_id})


def _event(row: AuditRecord, person_id: UUID) -> AuditEventOut:
    shown = AuditEventOut.model_validate(row)
    if row.actor_id in (None, person_id):
        return shown
    # Who else acted, and from where, is about somebody else.
    return shown.model_copy(update={"actor_id": None, "ip": None})
