"""What may be done with a blog post, and by whom."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.identity import Caller
from app.crud import blog_post as crud
from app.crud.pagination import PageRequest, Slice
from app.models import BlogPost
from app.schemas.blog_post import BlogPostCreate, BlogPostOut, BlogPostQuery, BlogPostUpdate
from app.services.quota import require_room
from app.services.versions import Expected, require_version


class BlogPostNotFound(NotFound):
    code = "blog_post_not_found"
    detail = "There is no such blog post."


async def get_blog_post(session: AsyncSession, blog_post_id: UUID) -> BlogPost:
    blog_post = await crud.show(session, blog_post_id)
    if blog_post is None:
        raise BlogPostNotFound
    return blog_post


async def list_blog_posts(
    session: AsyncSession, query: BlogPostQuery, page: PageRequest
) -> Slice[BlogPost]:
    return await crud.show_page(session, query, page)


async def create_blog_post(session: AsyncSession, actor: Caller, data: BlogPostCreate) -> BlogPost:
    await require_room(session, BlogPost, owner_id=actor.id)
    return await crud.add(session, BlogPost(owner_id=actor.id, **data.model_dump()))


async def update_blog_post(
    session: AsyncSession,
    actor: Caller,
    blog_post_id: UUID,
    data: BlogPostUpdate,
    expected: Expected,
) -> BlogPost:
    blog_post = await _get_locked(session, actor, blog_post_id)
    require_version(BlogPostOut.model_validate(blog_post), expected)
    changes = data.model_dump(exclude_unset=True)
    return await crud.change(session, blog_post, changes)


async def delete_blog_post(
    session: AsyncSession, actor: Caller, blog_post_id: UUID, expected: Expected
) -> None:
    blog_post = await _get_locked(session, actor, blog_post_id)
    require_version(BlogPostOut.model_validate(blog_post), expected)
    await crud.remove(session, blog_post)


async def _get_locked(session: AsyncSession, actor: Caller, blog_post_id: UUID) -> BlogPost:
    blog_post = await crud.get_locked(session, blog_post_id, owner_id=actor.id)
    if blog_post is None:
        raise BlogPostNotFound
    return blog_post
