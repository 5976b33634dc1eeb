"""CONF: what an operator may say about uploads, and what production refuses."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import ValidationError

from app.api.routing import own_bodies
from app.config import Settings
from app.core.body_limit import Allowance
from app.core.uploads.multipart import FRAME_BYTES
from tests.support.configured import cheap_settings, production_settings
from tests.support.environment import ROOT

MIB = 1024**2
S3 = {
    "UPLOAD_STORAGE": "s3",
    "S3_BUCKET": "files",
    "S3_ACCESS_KEY_ID": "key",
    "S3_SECRET_ACCESS_KEY": "kT9vW2-secret",
    "S3_ENDPOINT_URL": "https://s3.example.com",
}


def test_the_defaults_are_those_of_the_contract() -> None:
    settings = cheap_settings()

    assert settings.max_upload_bytes == 10 * 1024**2
    assert settings.max_upload_bytes_per_user == 100 * 1024**2
    assert settings.max_files_per_user == 1000
    assert settings.upload_folder == ROOT / "var" / "uploads"


@pytest.mark.parametrize(
    ("size", "seconds"),
    [
        pytest.param(10 * MIB, 60, id="as it is"),
        pytest.param(
            100 * MIB,
            400,
            marks=pytest.mark.environment(MAX_UPLOAD_BYTES=f"{100 * MIB}"),
            id="most",
        ),
    ],
)
def test_what_may_be_larger_may_take_longer(
    api: FastAPI, settings: Settings, size: int, seconds: int
) -> None:
    """DOS-02: as long as it takes on a slow line, and a minute at least."""
    expected = Allowance(size + FRAME_BYTES, seconds)
    assert own_bodies(api, settings)["POST", "/api/v1/files"] == expected


def test_a_folder_is_relative_to_the_project_or_absolute(tmp_path: Path) -> None:
    assert cheap_settings(UPLOAD_DIR="elsewhere").upload_folder == ROOT / "elsewhere"
    assert cheap_settings(UPLOAD_DIR=str(tmp_path)).upload_folder == tmp_path


@pytest.mark.parametrize("folder", ["app", "app/static/docs", "var/../app/x", ".", "uploads"])
def test_uploads_never_lie_among_the_code(folder: str) -> None:
    """UPLOAD-04."""
    problems = cheap_settings(UPLOAD_DIR=folder).validate_production()

    assert any("UPLOAD_DIR" in problem for problem in problems)


@pytest.mark.parametrize("folder", ["var/uploads", "var/a/b", "/srv/files"])
def test_uploads_lie_below_var_or_elsewhere(folder: str) -> None:
    problems = cheap_settings(UPLOAD_DIR=folder).validate_production()

    assert not any("UPLOAD_DIR" in problem for problem in problems)


def test_a_bucket_that_is_described_well_is_accepted() -> None:
    problems = production_settings(**S3).validate_production()

    assert not [problem for problem in problems if "S3" in problem]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("S3_BUCKET", ""),
        ("S3_ACCESS_KEY_ID", ""),
        ("S3_SECRET_ACCESS_KEY", ""),
        ("S3_ENDPOINT_URL", "http://s3.example.com"),
    ],
)
def test_a_bucket_is_whole_and_reached_by_tls(name: str, value: str) -> None:
    """CONF-02."""
    problems = production_settings(**S3 | {name: value}).validate_production()

    assert any(name in problem for problem in problems)
    assert not any("kT9vW2" in problem for problem in problems)


def test_a_bucket_on_this_machine_needs_no_tls() -> None:
    near = S3 | {"S3_ENDPOINT_URL": "http://127.0.0.1:9000"}

    problems = production_settings(**near).validate_production()

    assert not [problem for problem in problems if "S3" in problem]


def test_the_secret_of_the_bucket_reaches_no_log() -> None:
    """LOG-01."""
    assert "kT9vW2-secret" in cheap_settings(**S3).secret_values()
    assert "kT9vW2" not in repr(cheap_settings(**S3))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_UPLOAD_BYTES", "0"),
        ("MAX_UPLOAD_BYTES", str(1024**3)),
        ("MAX_FILES_PER_USER", "0"),
        ("UPLOAD_STORAGE", "ftp"),
        ("S3_ENDPOINT_URL", "https://user:kT9vW2@s3.example.com"),
        ("UPLOAD_SCANNER_URL", "clamav"),
    ],
)
def test_a_value_out_of_bounds_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        cheap_settings(**{name: value})

    assert "kT9vW2" not in str(refused.value)
