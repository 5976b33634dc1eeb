"""What is asked again before somebody does what the thief of a session would do first."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.identity import Caller

Check = Callable[[AsyncSession, Caller], Awaitable[None]]

# Each refuses by raising. A check of yours goes here, too.
CHECKS: tuple[Check, ...] = ()


async def require_step_up(session: AsyncSession, actor: Caller) -> None:
    """Ask before a password, an address or a role changes, and before an account goes."""
    for check in CHECKS:
        await check(session, actor)
