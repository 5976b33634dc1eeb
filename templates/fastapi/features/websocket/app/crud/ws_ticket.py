"""Queries on tickets. Whoever redeems one deletes it: there is no second time."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import WsTicket


class Redeemed(NamedTuple):
    user_id: UUID
    session_id: UUID


async def add(session: AsyncSession, ticket: WsTicket) -> WsTicket:
    session.add(ticket)
    await session.flush()
    return ticket


async def redeem(session: AsyncSession, ticket_hash: str, now: datetime) -> Redeemed | None:
    """Delete the ticket; None when somebody else was first, or time is over."""
    live = delete(WsTicket).where(WsTicket.ticket_hash == ticket_hash, WsTicket.expires_at > now)
    row = (await session.execute(live.returning(WsTicket.user_id, WsTicket.session_id))).first()
    return None if row is None else Redeemed(*row)


async def remove_expired(session: AsyncSession, *, user_id: UUID, now: datetime) -> None:
    await session.execute(
        delete(WsTicket).where(WsTicket.user_id == user_id, WsTicket.expires_at <= now)
    )
