"""The documentation page: Swagger UI from this server, under a policy without inline scripts.

Mounted by ``app.main`` only where ``settings.shows_docs``.
"""

from importlib.metadata import distribution
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from app.core.errors import NotFound

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
ONE_DAY = "public, max-age=86400"

router = APIRouter(prefix="/docs", include_in_schema=False)


@router.get("")
async def show_docs() -> FileResponse:
    """Show the description of this API, and try it."""
    headers = {"Content-Security-Policy": POLICY}
    return FileResponse(OURS / "index.html", media_type="text/html", headers=headers)


@router.get("/{name}")
async def get_docs_file(name: str) -> FileResponse:
    """Serve one of the files of the page, and no others."""
    if name not in FILES:
        raise NotFound
    path, media_type = FILES[name]
    # The same for everybody and no secret, unlike everything else that is served here.
    return FileResponse(path, media_type=media_type, headers={"Cache-Control": ONE_DAY})
