"""The application, put together. If a defence is not attached here, it is not on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import structlog
from fastapi import FastAPI
from starlette.types import ASGIApp

from app.api import docs, security_txt
from app.api.openapi import install_openapi
from app.api.route_index import index_routes
from app.api.routing import own_bodies
from app.api.v1 import ROUTERS, health
from app.config import Settings, settings_or_exit
from app.core.body_limit import Allowance, BodyLimit
from app.core.catch_all import CatchAll
from app.core.client_address import ProxyTrust
from app.core.constants import API_PREFIX, PROJECT_NAME
from app.core.cors import Cors, Preflight
from app.core.encryption import install_keys
from app.core.failure_rate import FailureRate
from app.core.lingering import Lingering
from app.core.logging import configure_logging
from app.core.middleware import HeadAsGet, PlainCookies, RequestContextMiddleware
from app.core.production import security_advice
from app.core.rate_limit import RateLimiter
from app.core.request_guard import RequestGuard
from app.core.security import PasswordHasher
from app.core.security_headers import SecurityHeaders
from app.db.engine import create_engine
from app.db.session import create_sessions
from app.services.readiness import Readiness
from app.utils.door_audit import record_refused, record_token_in_clear
from app.utils.error_handlers import install_error_handlers

logger = structlog.get_logger(__name__)


def create_app(settings: Settings | None = None) -> ASGIApp:
    """What is served. A configuration that must not run ends the process with exit code 78."""
    settings = settings or settings_or_exit()
    configure_logging(settings.log_level, settings.log_format, settings.secret_values())
    for advice in security_advice(settings):
        logger.warning("settings_advice", advice=advice)
    return protect(create_api(settings), settings)


def create_api(settings: Settings) -> FastAPI:
    """Make the routes and what they work with."""
    api = FastAPI(
        title=PROJECT_NAME,
        lifespan=lifespan,
        # app.api.docs serves what the framework would show to everybody.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        # A redirect would say which addresses exist, and send the token a second time.
        redirect_slashes=False,
    )
    equip(api, settings)
    api.include_router(health.router)
    for router in ROUTERS:
        api.include_router(router, prefix=API_PREFIX)
    if settings.shows_docs:
        api.include_router(docs.router)
    if settings.security_contact:
        api.include_router(security_txt.router)
    bodies = [*own_bodies(api, settings).values(), Allowance(settings.max_body_bytes)]
    # What is answered came in with a body once.
    install_openapi(api, longest_text=max(body.size for body in bodies))
    install_error_handlers(api)
    index_routes(api)
    return api


def equip(api: FastAPI, settings: Settings) -> None:
    """Give the routes what they work with. Nothing is connected yet: the database may be away."""
    api.state.settings = settings
    install_keys(settings.encryption_keys)
    api.state.engine = create_engine(settings)
    api.state.sessions = create_sessions(api.state.engine, settings)
    api.state.hasher = PasswordHasher(settings)
    api.state.limiter = RateLimiter(settings)
    api.state.failure_rate = FailureRate()
    api.state.exports = set()
    api.state.readiness = Readiness(api.state.engine, api.state.limiter)


def protect(api: FastAPI, settings: Settings) -> ASGIApp:
    """Put the defences around the routes; the last one sees a request first."""
    sessions = api.state.sessions
    on_refused = partial(record_refused, sessions)
    app: ASGIApp = HeadAsGet(PlainCookies(api))
    app = BodyLimit(app, Allowance(settings.max_body_bytes), own_bodies(api, settings))
    app = Preflight(app, settings.cors_origins, on_refused)
    app = RequestGuard(
        app,
        allowed_hosts=settings.allowed_hosts,
        force_https=settings.force_https,
        on_token_in_clear=partial(record_token_in_clear, sessions),
        on_refused=on_refused,
    )
    # Behind those that only add headers: an answer to a bug of the guard carries them as well.
    app = CatchAll(app)
    app = Cors(app, settings.cors_origins)
    app = Lingering(SecurityHeaders(app))
    return RequestContextMiddleware(app, ProxyTrust(settings.trusted_proxies))


@asynccontextmanager
async def lifespan(api: FastAPI) -> AsyncIterator[None]:
    try:
        yield
    finally:
        api.state.hasher.close()
        await api.state.limiter.close()
        await api.state.engine.dispose()


app = create_app()
