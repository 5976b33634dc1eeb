"""When a sign-in is alive: one definition for requests, refreshes, lists and connections."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_

from app.core.config import SecuritySettings
from app.core.constants import Role
from app.models import Session, User

# What the times of a session are compared with, by name.
LifeLimits = dict[str, datetime]


def life_limits(settings: SecuritySettings, now: datetime) -> LifeLimits:
    """Tell what counts as alive at this moment."""
    limits = {"now": now}
    for role in Role:
        limits[f"{role}_used_after"] = now - settings.session_idle(role)
        limits[f"{role}_opened_after"] = now - settings.session_lifetime(role)
    return limits


def live(limits: LifeLimits) -> ColumnElement[bool]:
    """Tell whether a session, joined with its user, is alive."""
    return _is_live(lambda name: limits[name])


def _is_live(
    value: Callable[[str], datetime | BindParameter[datetime]],
) -> ColumnElement[bool]:
    """Compare: the limits of the present role count, not those of the sign-in."""
    within_limits = (
        and_(
            User.role == role,
            Session.last_used_at > value(f"{role}_used_after"),
            Session.created_at > value(f"{role}_opened_after"),
        )
        for role in Role
    )
    return and_(
        User.is_active,
        Session.revoked_at.is_(None),
        Session.expires_at > value("now"),
        or_(*within_limits),
    )


# ``live`` with the limits as parameters, for the query that every signed-in request makes.
LIVE = _is_live(bindparam)
