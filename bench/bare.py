"""What a request costs without any defence: verify a token, load the user, answer.

Served with ``BARE_DATABASE_URL``. ``/orm`` is how most FastAPI projects do it; ``/columns`` asks for
the same as columns on the engine.
"""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel, ConfigDict
from sqlalchemy import DateTime, RowMapping, String, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

KEY = "k" * 32
ALICE = UUID(int=1)

engine = create_async_engine(os.environ["BARE_DATABASE_URL"])
sessions = async_sessionmaker(engine, expire_on_commit=False)
app = FastAPI()


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "bench_users"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    username: Mapped[str] = mapped_column(String(50), unique=True)
    hashed_password: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(20))
    is_active: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class UserOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    username: str
    role: str
    is_active: bool
    created_at: datetime
    updated_at: datetime


async def get_session() -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session


async def get_user_id(token: Annotated[str, Depends(OAuth2PasswordBearer("token"))]) -> UUID:
    try:
        return UUID(jwt.decode(token, KEY, algorithms=["HS256"])["sub"])
    except (jwt.PyJWTError, KeyError, ValueError):
        raise HTTPException(401) from None


async def get_user(
    session: Annotated[AsyncSession, Depends(get_session)],
    user_id: Annotated[UUID, Depends(get_user_id)],
) -> User:
    user = await session.get(User, user_id)
    if user is None or not user.is_active:
        raise HTTPException(401)
    return user


@app.get("/orm", response_model=UserOut)
async def read_entity(user: Annotated[User, Depends(get_user)]) -> User:
    return user


@app.get("/columns", response_model=UserOut)
async def read_columns(user_id: Annotated[UUID, Depends(get_user_id)]) -> RowMapping:
    query = select(User.__table__).where(User.id == user_id)
    async with engine.connect() as connection:
        return (await connection.execute(query)).mappings().one()


@app.post("/seed")
async def seed() -> str:
    """Make the table and its only user, where they are missing; answer with a token."""
    now = datetime.now(UTC)
    user = User(
        id=ALICE,
        email="alice@example.com",
        username="alice",
        hashed_password="x" * 97,
        role="user",
        is_active=True,
        created_at=now,
        updated_at=now,
    )
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with sessions.begin() as session:
        await session.merge(user)
    return jwt.encode({"sub": str(ALICE), "exp": now + timedelta(hours=1)}, KEY)
