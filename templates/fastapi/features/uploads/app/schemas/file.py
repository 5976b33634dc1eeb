from datetime import datetime
from uuid import UUID

from app.schemas.base import Output


class FileOut(Output):
    """What is known of a file; size and hash are those of the stored content."""

    id: UUID
    filename: str
    content_type: str
    size: int
    sha256: str
    created_at: datetime
