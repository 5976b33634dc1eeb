"""Whether the process lives, and whether it can work. No details: anybody may ask."""

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel

from app.api.routing import UnlimitedRoute
from app.core.errors import ServiceUnavailable
from app.services.readiness import Readiness

router = APIRouter(prefix="/health", tags=["health"], route_class=UnlimitedRoute)


class NotReady(ServiceUnavailable):
    code = "not_ready"
    detail = "Not ready to take requests."


class HealthOut(BaseModel):
    status: Literal["ok"] = "ok"


@router.get("/live")
async def show_liveness() -> HealthOut:
    """Answer as long as the process runs."""
    return HealthOut()


@router.get("/ready")
async def show_readiness(request: Request) -> HealthOut:
    """Answer when the database and the shared counters do."""
    readiness: Readiness = request.app.state.readiness
    if not await readiness.is_ready():
        raise NotReady(retry_after=2)
    return HealthOut()
