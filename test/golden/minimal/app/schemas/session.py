from datetime import datetime
from uuid import UUID

from app.schemas.base import Output


class SessionOut(Output):
    """A place where the user is signed in; the address is shortened, and no token is shown."""

    id: UUID
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    device: str
    address: str
    current: bool = False
