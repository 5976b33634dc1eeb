"""How production is served: gunicorn -c gunicorn.conf.py app.main:app

The configuration is read and checked here, in the parent process, before a port is open:
a worker that refuses to start would only be started again.
"""

from typing import Any, ClassVar

from gunicorn.glogging import Logger
from uvicorn_worker import UvicornWorker

from app.config import InvalidSettings, exit_with, settings_or_exit
from app.core.logging import configure_logging
from app.core.server import StrictProtocol

settings = settings_or_exit()


class Worker(UvicornWorker):
    """uvicorn with the slower, strict parser; what it lets through, the application refuses."""

    CONFIG_KWARGS: ClassVar[dict[str, Any]] = {
        "loop": "auto",
        "http": StrictProtocol,
        # uvicorn would speak WebSocket wherever a library for it happens to be installed.
        "ws": "none",
        "h11_max_incomplete_event_size": 16_384,
        "limit_concurrency": 1_000,
        "timeout_graceful_shutdown": 20,
        "lifespan": "on",
        "server_header": False,
        # TRUSTED_PROXIES says whom to believe; uvicorn would trust this machine by itself.
        "proxy_headers": False,
    }


class StdoutLogger(Logger):
    """gunicorn's own lines in the format of the application, on stdout."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        configure_logging(settings.log_level, settings.log_format, settings.secret_values())


def on_starting(server: Any) -> None:
    """Check the workers that there will be: -w and GUNICORN_CMD_ARGS win over WEB_CONCURRENCY."""
    shares_limits = bool(settings.redis_url.get_secret_value())
    if settings.is_production and server.cfg.workers > 1 and not shares_limits:
        more = "REDIS_URL is not set, and gunicorn is to start more than one worker"
        exit_with(InvalidSettings([f"{more}: limits would not be shared"]))


worker_class = Worker
workers = settings.web_concurrency
keepalive = 5
# The parent ends a worker whose event loop has stood still for so long.
timeout = 30
# Longer than uvicorn takes to finish its requests, see above.
graceful_timeout = 25
logger_class = StdoutLogger
# The application writes a line for each request, without the query.
accesslog = None
# gunicorn would open a socket for commands in the home directory.
control_socket_disable = True
