"""How many WebSocket connections there may be."""

from pydantic import Field

from app.core.config import SecuritySettings


class LiveSettings(SecuritySettings):
    # Of each worker, since that is whose memory they take.
    ws_connections_per_user: int = Field(5, ge=1, le=100)
    # Below what a worker serves at once (gunicorn.conf.py): requests need places, too.
    ws_connections: int = Field(500, ge=1, le=900)
