"""The documentation page: Swagger UI from this server, under a policy without inline scripts.

Mounted by ``app.main`` only where ``settings.shows_docs``.
"""

from importlib.metadata import distribution
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse

from app.api.authentication import authenticate_page
from app.api.deps import require_admin
from app.api.routing import StrictRoute
from app.core.limits import SIGNED_IN
from app.dependencies import SettingsDep

# Swagger UI styles itself inline; scripts come from files alone, and nothing from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
OURS = Path(__file__).parents[1] / "static" / "docs"
# Only its copy of Swagger UI is used: none of its code is imported.
THEIRS = Path(str(distribution("fastapi-offline").locate_file("fastapi_offline/static")))
FILES = {
    "init.js": (OURS / "init.js", "text/javascript"),
    "swagger-ui-bundle.js": (THEIRS / "swagger-ui-bundle.js", "text/javascript"),
    "swagger-ui.css": (THEIRS / "swagger-ui.css", "text/css"),
}
ONE_DAY = "max-age=86400"


class DocsRoute(StrictRoute):
    """DOCS-01: open while one develops; in production it is for administrators."""

    limit_of_others = SIGNED_IN

    async def admit(self, request: Request) -> None:
        if request.app.state.settings.is_production:
            caller = request.state.caller = await authenticate_page(request, self.limit)
            require_admin(caller)


router = APIRouter(include_in_schema=False, route_class=DocsRoute)


@router.get("/openapi.json")
async def get_specification(request: Request) -> JSONResponse:
    """Serve the description of every operation."""
    return JSONResponse(request.app.openapi())


@router.get("/docs")
async def show_docs() -> FileResponse:
    """Show the description of this API, and try it."""
    headers = {"Content-Security-Policy": POLICY}
    return FileResponse(OURS / "index.html", media_type="text/html", headers=headers)


def add_file(name: str, path: Path, media_type: str) -> None:
    async def get_docs_file(settings: SettingsDep) -> FileResponse:
        """Serve one of the files of the page; there is no route for any other."""
        # No secret, unlike everything else that is served here, but not everybody's in production.
        cache = "private" if settings.is_production else "public"
        headers = {"Cache-Control": f"{cache}, {ONE_DAY}"}
        return FileResponse(path, media_type=media_type, headers=headers)

    router.add_api_route(f"/docs/{name}", get_docs_file)


for name, (path, media_type) in FILES.items():
    add_file(name, path, media_type)
