"""What may belong to one account only, and how that is said."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Conflict
from app.core.identifiers import username_key
from app.crud import user as crud
from app.schemas.user import UserCreate


class EmailTaken(Conflict):
    code = "email_taken"
    detail = "This e-mail address belongs to an account."


class UsernameTaken(Conflict):
    code = "username_taken"
    detail = "This user name belongs to an account."


def unique_values(data: UserCreate) -> dict[str, str]:
    """Return the values of the columns in which no two users may be equal."""
    return {"email": data.email, "username_key": username_key(data.username)}


async def refuse_taken(session: AsyncSession, values: Mapping[str, str]) -> None:
    if await crud.has_email(session, values["email"]):
        raise EmailTaken
    if await crud.has_username(session, values["username_key"]):
        raise UsernameTaken
