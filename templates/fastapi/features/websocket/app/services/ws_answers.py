"""What happens with the messages of clients: one case for each kind."""

from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.config import SecuritySettings
from app.crud import live_session
from app.crud.session_life import life_limits
from app.db.session import reading
from app.schemas.base import Output
from app.schemas.ws import AskSessions, ClientMessage, Ping, Pong, SessionCount
from app.services.connections import Connection
from app.utils.helpers import utc_now


async def answer(
    engine: AsyncEngine,
    settings: SecuritySettings,
    connection: Connection,
    message: ClientMessage,
) -> Output | None:
    """Return what to send back; a refusal is an ``AppError``, as everywhere."""
    match message:
        case Ping():
            return Pong()
        case AskSessions():
            user_id, limits = connection.user_id, life_limits(settings, utc_now())
            async with reading(engine) as database:
                live = await live_session.get_live(database, [user_id], limits)
            return SessionCount(count=len(live[user_id]))
