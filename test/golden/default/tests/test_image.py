"""The container image: what it is allowed to do, and what is kept out of it."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.support.environment import ROOT
from tests.support.server import StartServer


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_image_runs_as_an_account_without_rights() -> None:
    """CONF-08: not root, no shell, and the program's files belong to somebody else."""
    dockerfile = read("Dockerfile")

    last_user = re.findall(r"^USER (.+)$", dockerfile, re.MULTILINE)[-1]
    assert last_user.split(":")[0].isdigit()
    assert int(last_user.split(":")[0]) > 0
    assert "--chown" not in dockerfile
    assert "HEALTHCHECK" in dockerfile


def test_the_image_installs_only_locked_wheels() -> None:
    assert "--require-hashes --only-binary :all: -r requirements.txt" in read("Dockerfile")


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml"])
def test_no_secret_is_written_into_the_image_or_the_composition(name: str) -> None:
    """CONF-04: secrets come from the environment of the machine."""
    for line in read(name).splitlines():
        if re.match(r"\s*(ENV |ARG |[A-Z_]*(SECRET|PASSWORD|ENCRYPTION)\w*[:=])", line):
            assert "${" in line or "SECRET" not in line, line


def test_a_stopped_container_may_finish_its_requests() -> None:
    """Docker kills after ten seconds by itself, in the middle of what gunicorn lets end."""
    grace = re.search(r"^    stop_grace_period: (\d+)s$", read("compose.yaml"), re.MULTILINE)
    graceful = re.search(r"^graceful_timeout = (\d+)$", read("gunicorn.conf.py"), re.MULTILINE)

    assert grace is not None
    assert graceful is not None
    assert int(grace[1]) > int(graceful[1])


@pytest.mark.parametrize("hosts", ["localhost,127.0.0.1", " localhost , 127.0.0.1", ",127.0.0.1"])
def test_the_probe_of_the_image_names_a_host_that_is_served(
    start_server: StartServer, hosts: str
) -> None:
    """ERR-07: whichever way ALLOWED_HOSTS is written, a healthy container counts as healthy."""
    server = start_server(ALLOWED_HOSTS=hosts)
    command = re.search(r"^HEALTHCHECK .*?CMD (\[.*?\])$", read("Dockerfile"), re.M | re.S)
    assert command is not None
    _, *arguments = json.loads(command[1].replace("\\\n", ""))

    probe = subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"ALLOWED_HOSTS": hosts, "PORT": str(server.port)},
        check=False,
    )

    assert probe.returncode == 0


def test_the_build_context_is_an_allow_list() -> None:
    """CONF-08: no .env, no .git and no test can get into the image by being forgotten."""
    lines = [line for line in read(".dockerignore").splitlines() if not line.startswith("#")]

    assert lines[0] == "*"
    assert not [line for line in lines if re.match(r"!\.?(env|git|tests|var)", line)]
