from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.schemas.base import Input, PartialUpdate, RecordOut
from app.schemas.lists import ListQuery, sortable
from app.schemas.times import UTCTime
from app.schemas.types import Html

Title = Annotated[str, Field(min_length=1, max_length=100)]
Sort = Annotated[str, sortable("created_at", "updated_at", "title", "published")]


class BlogPostCreate(Input):
    title: Title
    body: Html
    published: UTCTime | None = None


class BlogPostUpdate(PartialUpdate):
    """A partial update: a field left out stays as it is."""

    NOT_NULL = ("title", "body")

    title: Title | None = None
    body: Html | None = None
    published: UTCTime | None = None


class BlogPostOut(RecordOut):
    title: str
    body: str
    published: datetime | None


class BlogPostQuery(ListQuery):
    sort: Sort = "-created_at"
    title: Title | None = None
    published: UTCTime | None = None
    published_gte: UTCTime | None = None
    published_lte: UTCTime | None = None
