"""Links that come back from a mailbox: each is redeemed here, and only here."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import BadRequest
from app.core.mail_kinds import TOKEN_LIFETIMES, TokenPurpose
from app.core.security import digest, new_token
from app.crud import email_token as crud
from app.crud import user as user_crud
from app.crud.email_token import Purposes, Taken
from app.models import EmailToken, User
from app.utils.helpers import utc_now


class InvalidMailedToken(BadRequest):
    """One answer for every reason: never issued, used, too old, replaced, account gone."""

    code = "invalid_token"
    detail = "The link is not valid, was used before or is too old."


async def issue(session: AsyncSession, purpose: TokenPurpose, user: User, email: str) -> str:
    """Make a token that only the mail will hold; the one before it is void from now on."""
    token, now = new_token(), utc_now()
    row = EmailToken(
        created_at=now,
        updated_at=now,
        owner_id=user.id,
        purpose=purpose.value,
        token_hash=digest(token),
        email=email,
        password_digest=digest(user.hashed_password),
        expires_at=now + TOKEN_LIFETIMES[purpose],
    )
    await crud.replace(session, row)
    return token


async def find_user(session: AsyncSession, purposes: Purposes, token: str) -> User:
    """Return whose token this is, without using it up."""
    owner_id = await crud.owner_of(session, purposes, digest(token), utc_now())
    user = await user_crud.get(session, owner_id) if owner_id else None
    if user is None:
        raise InvalidMailedToken
    return user


async def redeem(session: AsyncSession, purposes: Purposes, token: str) -> tuple[User, Taken]:
    """Use a token up, and return it with its account, which is locked.

    The account is locked first, here and where tokens are issued: two that change the same
    account wait for each other, and never in a circle.
    """
    now = utc_now()
    owner_id = await crud.owner_of(session, purposes, digest(token), now)
    user = await user_crud.get_locked(session, owner_id) if owner_id else None
    taken = await crud.take(session, purposes, digest(token), now)
    if user is None or taken is None or not user.is_active or not _still_fits(user, taken):
        raise InvalidMailedToken
    return user, taken


def _still_fits(user: User, taken: Taken) -> bool:
    """Tell whether the account is still the one that the mail was about."""
    is_same_address = user.email == taken.email
    # Whoever set another password since then did not ask for this.
    is_same_password = digest(user.hashed_password) == taken.password_digest
    if taken.purpose is TokenPurpose.VERIFY:
        return is_same_address
    if taken.purpose is TokenPurpose.MOVE:
        return is_same_password
    return is_same_address and is_same_password
