from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, status

from app.api.deps import CurrentUser, make_page
from app.api.idempotency import RepeatableDep
from app.api.preconditions import IfMatchDep, VersionsDep, created, tagged
from app.api.routing import PublicReadRoute
from app.crud.pagination import Slice
from app.dependencies import ReadSessionDep, SessionDep, SettingsDep
from app.models import BlogPost
from app.schemas.base import Page
from app.schemas.blog_post import BlogPostCreate, BlogPostOut, BlogPostQuery, BlogPostUpdate
from app.services import blog_post as service

router = APIRouter(prefix="/blog-posts", tags=["blog posts"], route_class=PublicReadRoute)


@router.get("", response_model=Page[BlogPostOut])
async def list_blog_posts(
    session: ReadSessionDep, settings: SettingsDep, query: Annotated[BlogPostQuery, Query()]
) -> Slice[BlogPost]:
    """List blog posts, newest first unless sorted."""
    page = make_page(query, None, settings)
    return await service.list_blog_posts(session, query, page)


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_blog_post(
    session: SessionDep,
    user: CurrentUser,
    data: BlogPostCreate,
    repeatable: RepeatableDep,
    response: Response,
) -> BlogPostOut:
    """Create a blog post of your own."""

    async def create() -> BlogPostOut:
        return BlogPostOut.model_validate(await service.create_blog_post(session, user, data))

    blog_post = await repeatable.once(data, create, BlogPostOut)
    return created(response, "/blog-posts", blog_post)


@router.get("/{blog_post_id}")
async def get_blog_post(
    session: ReadSessionDep, blog_post_id: UUID, response: Response
) -> BlogPostOut:
    """Read a blog post."""
    blog_post = await service.get_blog_post(session, blog_post_id)
    return tagged(response, BlogPostOut.model_validate(blog_post))


@router.patch("/{blog_post_id}")
async def update_blog_post(
    session: SessionDep,
    user: CurrentUser,
    blog_post_id: UUID,
    data: BlogPostUpdate,
    versions: VersionsDep,
) -> BlogPostOut:
    """Change the fields you send; the others stay."""
    blog_post = await service.update_blog_post(session, user, blog_post_id, data, versions.expected)
    return versions.tagged(BlogPostOut.model_validate(blog_post))


@router.delete("/{blog_post_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_blog_post(
    session: SessionDep, user: CurrentUser, blog_post_id: UUID, expected: IfMatchDep
) -> None:
    """Delete one of your blog posts."""
    await service.delete_blog_post(session, user, blog_post_id, expected)
