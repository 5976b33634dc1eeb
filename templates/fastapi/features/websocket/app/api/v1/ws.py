"""WebSocket connections, opened with a ticket."""

from fastapi import APIRouter, WebSocket, status

from app.api import live
from app.api.deps import CurrentUser, refuse_other_sites
from app.api.request_rules import RequestRules
from app.api.routing import SecureRoute
from app.core.client_address import rate_key
from app.core.context import current_context
from app.dependencies import SessionDep
from app.schemas.ws import TicketOut
from app.services import ws_ticket as service

router = APIRouter(prefix="/ws", tags=["ws"], route_class=SecureRoute)

QUERY = RequestRules(frozenset({"ticket"}), content_type=None, body_is_required=False)


@router.post("/tickets", status_code=status.HTTP_201_CREATED)
async def issue_ws_ticket(session: SessionDep, user: CurrentUser) -> TicketOut:
    """Get a ticket for one WebSocket connection, to be opened at once."""
    return await service.issue(session, user)


@router.websocket("")
async def connect(socket: WebSocket) -> None:
    """Open a connection with a ticket; it lasts at most as long as the sign-in behind it."""
    state = socket.app.state
    await state.limiter.spend("open_ws", rate_key(current_context().client))
    # Before the ticket is used up: another site cannot even waste it.
    refuse_other_sites(socket, state.settings)
    QUERY.check(socket)
    ticket = socket.query_params.get("ticket", "")
    caller = await service.redeem(state.sessions, state.engine, state.settings, ticket)
    # Of a refusal from here on it is known whom it met.
    socket.state.caller = caller
    with state.connections.open(caller) as connection:
        await live.serve(socket, connection)
