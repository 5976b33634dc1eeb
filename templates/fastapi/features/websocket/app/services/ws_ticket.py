"""Tickets for WebSocket connections, since browsers send no header of ours with a handshake.

A ticket travels in an address, where it may be seen. So it works once, for seconds, and only as
long as the sign-in that asked for it.
"""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.core.config import SecuritySettings
from app.core.errors import Unauthorized
from app.core.identity import Caller
from app.core.security import AccessClaims, digest, new_token
from app.crud import ws_ticket as crud
from app.db.session import Sessions, unit_of_work
from app.models import WsTicket
from app.schemas.ws import TicketOut
from app.services import session as sessions_service
from app.utils.helpers import new_id, utc_now

TICKET_LIFETIME = timedelta(seconds=30)


class InvalidTicket(Unauthorized):
    """One answer for every reason: none, unknown, used, expired, signed out meanwhile."""

    code = "invalid_ticket"
    detail = "The ticket is not valid. Get a new one for each connection."


async def issue(session: AsyncSession, actor: Caller) -> TicketOut:
    now = utc_now()
    await crud.remove_expired(session, user_id=actor.user_id, now=now)
    text = new_token()
    ticket = WsTicket(
        ticket_hash=digest(text),
        user_id=actor.user_id,
        session_id=actor.session_id,
        expires_at=now + TICKET_LIFETIME,
    )
    await crud.add(session, ticket)
    return TicketOut(ticket=text, expires_in=int(TICKET_LIFETIME.total_seconds()))


async def redeem(
    sessions: Sessions, engine: AsyncEngine, settings: SecuritySettings, text: str
) -> Caller:
    """Use the ticket up and find out who calls, as for any request."""
    now = utc_now()
    async with unit_of_work(sessions) as session:
        redeemed = await crud.redeem(session, digest(text), now)
    if redeemed is None:
        raise InvalidTicket
    claims = AccessClaims(redeemed.user_id, redeemed.session_id, new_id())
    try:
        return await sessions_service.authenticate(engine, settings, claims, now)
    except Unauthorized:
        raise InvalidTicket from None
