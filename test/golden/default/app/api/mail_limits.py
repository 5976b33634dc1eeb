"""How often somebody may have mail sent: no mailbox is flooded through this API."""

from app.api.deps import CurrentUser
from app.core.config import SecuritySettings
from app.core.keys import keyed_hash
from app.core.rate_limit import RateLimiter
from app.dependencies import LimiterDep
from app.schemas.user import ProfileUpdate

MAIL = "mail"


async def limit_mail_to(
    limiter: RateLimiter, settings: SecuritySettings, email: str, limit: str = MAIL
) -> None:
    """Count by the address that was given, from wherever it was: known or unknown alike."""
    await limiter.spend(limit, keyed_hash(settings, "mail-limit", email))


async def limit_moves(data: ProfileUpdate, user: CurrentUser, limiter: LimiterDep) -> None:
    """Count by user: each change sends mail to an address that somebody else may have."""
    if data.email not in (None, user.email):
        await limiter.spend(MAIL, str(user.user_id))
