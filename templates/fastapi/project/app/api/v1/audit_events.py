from typing import Annotated

from fastapi import APIRouter, Query

from app.api.deps import AdminUser, make_page
from app.api.routing import SecureRoute
from app.crud.audit import Filters
from app.crud.pagination import Slice
from app.dependencies import SessionDep, SettingsDep
from app.models import AuditRecord
from app.schemas.audit import AuditEventOut, AuditQuery
from app.schemas.base import Page
from app.services import audit_log as service

router = APIRouter(prefix="/audit-events", tags=["audit"], route_class=SecureRoute)


@router.get("", response_model=Page[AuditEventOut])
async def list_audit_events(
    session: SessionDep,
    settings: SettingsDep,
    user: AdminUser,
    query: Annotated[AuditQuery, Query()],
) -> Slice[AuditRecord]:
    """List security events, newest first. Only administrators may."""
    filters = Filters(**query.model_dump(exclude={"limit", "cursor"}))
    page = make_page(query, user, settings)
    return await service.list_events(session, user, filters, page)
