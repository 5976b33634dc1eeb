"""What the process offers to its routes: settings, database, hasher, limiter. Knows no user."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.config import Settings
from app.core.failure_rate import FailureRate
from app.core.rate_limit import RateLimiter
from app.core.security import PasswordHasher
from app.db.session import Sessions, read_session, unit_of_work


async def get_app_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def get_engine(request: Request) -> AsyncEngine:
    engine: AsyncEngine = request.app.state.engine
    return engine


async def get_sessions(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


async def get_session(request: Request) -> AsyncIterator[AsyncSession]:
    async with unit_of_work(request.app.state.sessions) as session:
        yield session


async def get_read_session(request: Request) -> AsyncIterator[AsyncSession]:
    async with read_session(request.app.state.engine) as session:
        yield session


async def get_hasher(request: Request) -> PasswordHasher:
    hasher: PasswordHasher = request.app.state.hasher
    return hasher


async def get_limiter(request: Request) -> RateLimiter:
    limiter: RateLimiter = request.app.state.limiter
    return limiter


async def get_failure_rate(request: Request) -> FailureRate:
    rate: FailureRate = request.app.state.failure_rate
    return rate


SettingsDep = Annotated[Settings, Depends(get_app_settings)]
# For reads: single statements, no transaction around them.
EngineDep = Annotated[AsyncEngine, Depends(get_engine)]
# For what must outlive the request's own transaction, in a unit of work of its own.
SessionsDep = Annotated[Sessions, Depends(get_sessions)]
# "function" scope: the commit happens before the response is sent, never after a 201.
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]
# For what only reads: it waits for no writer, and makes none wait.
ReadSessionDep = Annotated[AsyncSession, Depends(get_read_session, scope="function")]
HasherDep = Annotated[PasswordHasher, Depends(get_hasher)]
LimiterDep = Annotated[RateLimiter, Depends(get_limiter)]
FailureRateDep = Annotated[FailureRate, Depends(get_failure_rate)]
