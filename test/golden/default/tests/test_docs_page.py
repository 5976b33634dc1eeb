"""DOCS: the documentation page works from this server alone, and only where it is wanted."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from httpx import AsyncClient

from tests.support.server import StartServer

ROOT = "https://localhost"
PAGES = ("/docs", "/docs/init.js", "/openapi.json", "/redoc", "/docs/oauth2-redirect")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


async def test_the_page_loads_nothing_from_elsewhere(client: AsyncClient) -> None:
    """DOCS-02: no CDN, and every script in a file."""
    page = await client.get(f"{ROOT}/docs")

    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert sorted(sources) == [
        "data:,",
        "docs/init.js",
        "docs/swagger-ui-bundle.js",
        "docs/swagger-ui.css",
    ]
    assert re.findall(r"<script(?! src=)", page.text) == []
    for source in sources[1:]:
        assert (await client.get(f"{ROOT}/{source}")).status_code == 200, source


async def test_the_policy_allows_no_inline_script(client: AsyncClient) -> None:
    """DOCS-02, HDR-08."""
    page = await client.get(f"{ROOT}/docs")

    policy = dict(
        part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert page.headers["cross-origin-opener-policy"] == "same-origin"
    assert len(page.headers.get_list("content-security-policy")) == 1


async def test_only_its_files_are_cached(client: AsyncClient) -> None:
    caching = {
        path: (await client.get(f"{ROOT}{path}")).headers["cache-control"]
        for path in ("/docs", "/openapi.json", "/docs/swagger-ui-bundle.js")
    }

    assert caching == {
        "/docs": "no-store",
        "/openapi.json": "no-store",
        "/docs/swagger-ui-bundle.js": "public, max-age=86400",
    }


@pytest.mark.parametrize(
    "name", ["other.js", "index.html", "..%2finit.js", "%2e%2e/main.py", "init.js/", "init.js%00"]
)
async def test_no_other_file_is_served(client: AsyncClient, name: str) -> None:
    """CONF-09."""
    assert (await client.get(f"{ROOT}/docs/{name}")).status_code in (400, 404)


@pytest.mark.environment(ENABLE_DOCS="false")
async def test_there_is_no_trace_of_it_where_it_is_off(client: AsyncClient) -> None:
    """DOCS-01: as in production, unless it is turned on."""
    nowhere = await client.get(f"{ROOT}/nowhere")

    for path in PAGES:
        answer = await client.get(f"{ROOT}{path}")
        assert answer.status_code == 404, path
        assert answer.json() | {"request_id": ""} == nowhere.json() | {"request_id": ""}


@pytest.mark.environment(
    SECURITY_CONTACT="mailto:security@example.com", PUBLIC_BASE_URL="https://api.example.com/"
)
async def test_security_txt_says_whom_to_tell(client: AsyncClient) -> None:
    """DOCS-04: RFC 9116."""
    answer = await client.get(f"{ROOT}/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    expires = datetime.fromisoformat(fields["Expires"])
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:security@example.com"
    assert fields["Canonical"] == "https://api.example.com/.well-known/security.txt"
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)


async def test_without_a_contact_there_is_no_security_txt(client: AsyncClient) -> None:
    assert (await client.get(f"{ROOT}/.well-known/security.txt")).status_code == 404


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_a_browser_shows_the_operations_and_reports_nothing(
    start_server: StartServer, tmp_path: Path
) -> None:
    """DOCS-02: the policy is as strict as the page can bear."""
    server = start_server()
    browser = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    options = ["--virtual-time-budget=10000", "--enable-logging=stderr", "--v=0"]

    result = subprocess.run(
        [*browser, *options, f"--user-data-dir={tmp_path / 'profile'}", f"{server.origin}/docs"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert 'data-path="/api/v1/auth/login"' in result.stdout
    assert "CONSOLE" not in result.stderr
