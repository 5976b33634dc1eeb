"""Version 1 of the API: every router, mounted by ``app.main``.

`create-secure-api generate` adds a line here. Add yours in the same form: one import each.
"""

from fastapi import APIRouter

from app.api.v1.audit_events import router as audit_events
from app.api.v1.auth import router as auth
from app.api.v1.profile import router as profile
from app.api.v1.registration import router as registration
from app.api.v1.sessions import router as sessions
from app.api.v1.users import router as users

ROUTERS: tuple[APIRouter, ...] = (
    audit_events,
    auth,
    profile,
    registration,
    sessions,
    users,
)
