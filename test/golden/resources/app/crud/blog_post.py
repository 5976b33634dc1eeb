"""Queries on blog posts; to write one takes its owner."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.crud.conflicts import unreferenced
from app.crud.filters import conditions, order_by
from app.crud.pagination import PageRequest, Slice, fetch_page
from app.models import BlogPost
from app.schemas.blog_post import BlogPostQuery


async def show(session: AsyncSession, blog_post_id: UUID) -> BlogPost | None:
    mine = select(BlogPost).where(BlogPost.id == blog_post_id)
    return await session.scalar(mine)


async def get_locked(
    session: AsyncSession, blog_post_id: UUID, *, owner_id: UUID
) -> BlogPost | None:
    """Read the row and keep others from changing it until the transaction ends."""
    mine = select(BlogPost).where(BlogPost.id == blog_post_id, BlogPost.owner_id == owner_id)
    # As it is stored now, also where this session has read the row before.
    return await session.scalar(mine.with_for_update().execution_options(populate_existing=True))


async def show_page(
    session: AsyncSession, query: BlogPostQuery, page: PageRequest
) -> Slice[BlogPost]:
    wanted = conditions(BlogPost, query.filters())
    mine = select(BlogPost).where(*wanted)
    return await fetch_page(session, mine, order_by(BlogPost, query.sort), page)


async def add(session: AsyncSession, blog_post: BlogPost) -> BlogPost:
    session.add(blog_post)
    await session.flush()
    # What is shown is what is stored: one spelling of each value.
    await session.refresh(blog_post)
    return blog_post


async def change(
    session: AsyncSession, blog_post: BlogPost, changes: Mapping[str, Any]
) -> BlogPost:
    for name, value in changes.items():
        setattr(blog_post, name, value)
    await session.flush()
    await session.refresh(blog_post)
    return blog_post


async def remove(session: AsyncSession, blog_post: BlogPost) -> None:
    await session.delete(blog_post)
    with unreferenced():
        await session.flush()
