"""Counts refreshes by the sign-in that they are for."""

from fastapi import Request

from app.api.cookies import read_refresh_token
from app.api.routing import PublicRoute
from app.core.client_address import rate_key
from app.core.context import current_context
from app.services.refresh import find_session


class RefreshRoute(PublicRoute):
    """For whoever shows a refresh token; what is none is counted by address.

    Behind one address sit the browsers of a whole office, and whoever sends junk from there must
    not sign them out. So the token is looked for first: junk costs one indexed query.
    """

    async def admit(self, request: Request) -> None:
        state = request.app.state
        token = read_refresh_token(request, state.settings)
        session_id = await find_session(state.engine, token)
        who = rate_key(current_context().client) if session_id is None else str(session_id)
        await state.limiter.spend(self.limit, who)
