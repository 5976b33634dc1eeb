"""What an operator may tune about uploads."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from app.core.config import PROJECT_ROOT, SecuritySettings

MIB = 1024**2
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
# Who is slower than this line is cut off, but nobody sooner than after the shortest time.
SLOWEST_BYTES_PER_SECOND = 256 * 1024
SHORTEST_SECONDS = 60.0
DATA = PROJECT_ROOT / "var"


class UploadSettings(SecuritySettings):
    # Relative to the project, whatever directory the process starts in.
    upload_dir: Path = Path("var/uploads")
    # Of one file, counted as it comes; a request that declares a good deal more is refused before
    # a byte of it is read. It decides how long an upload may take, too.
    max_upload_bytes: int = Field(10 * MIB, ge=1024, le=100 * MIB)
    max_upload_bytes_per_user: int = Field(100 * MIB, ge=1)
    max_files_per_user: int = Field(1000, ge=1)
    # clamd, which looks at every file before anything else does; empty: nobody does.
    upload_scanner_url: str = Field("", pattern=r"^(tcp://[A-Za-z0-9.-]+:[0-9]{1,5})?$")

    upload_storage: Literal["local", "s3"] = "local"
    # Empty: AWS itself. Private, and of this application alone: sweeping deletes what it does
    # not know.
    s3_endpoint_url: str = Field("", pattern=r"^(https?://[A-Za-z0-9.:\[\]-]+)?$")
    s3_region: str = "us-east-1"
    s3_bucket: str = ""
    # Empty: the role of the machine.
    s3_access_key_id: str = ""
    s3_secret_access_key: SecretStr = SecretStr("")

    @property
    def upload_seconds(self) -> float:
        """Return how long an upload may take to arrive: what is larger may take longer."""
        return max(SHORTEST_SECONDS, self.max_upload_bytes / SLOWEST_BYTES_PER_SECOND)

    @property
    def upload_folder(self) -> Path:
        return PROJECT_ROOT / self.upload_dir

    def upload_problems(self) -> Iterator[str]:
        """Name what is wrong; see ``validate_production``."""
        folder = self.upload_folder.resolve()
        if folder.is_relative_to(PROJECT_ROOT) and not folder.is_relative_to(DATA):
            yield "UPLOAD_DIR is among the code: it has to be below var/, or outside the project"
        if self.upload_storage == "s3":
            yield from self._s3_problems()

    def _s3_problems(self) -> Iterator[str]:
        if not self.s3_bucket:
            yield "S3_BUCKET is not set, and UPLOAD_STORAGE is s3"
        if bool(self.s3_access_key_id) != bool(self.s3_secret_access_key.get_secret_value()):
            yield "S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY are set together or not at all"
        endpoint = urlsplit(self.s3_endpoint_url)
        is_near = endpoint.hostname in THIS_MACHINE
        if self.is_production and endpoint.scheme == "http" and not is_near:
            yield "S3_ENDPOINT_URL is not https://"
