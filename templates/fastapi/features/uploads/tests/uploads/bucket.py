"""A real S3 server on a port of this machine, and a bucket looked at past the application."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import uuid4

from botocore.session import Session
from moto.server import ThreadedMotoServer

KEY, SECRET = "test-key", "test-secret-of-the-bucket"


@dataclass(frozen=True)
class Bucket:
    url: str
    name: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "UPLOAD_STORAGE": "s3",
            "S3_ENDPOINT_URL": self.url,
            "S3_BUCKET": self.name,
            "S3_ACCESS_KEY_ID": KEY,
            "S3_SECRET_ACCESS_KEY": SECRET,
        }

    @property
    def client(self) -> Any:
        return make_client(self.url)

    def keys(self) -> list[str]:
        listed = self.client.list_objects_v2(Bucket=self.name)
        return [item["Key"] for item in listed.get("Contents", ())]

    def put(self, key: str) -> None:
        self.client.put_object(Bucket=self.name, Key=key, Body=b"x")

    def content_type(self, key: str) -> str:
        return str(self.client.head_object(Bucket=self.name, Key=key)["ContentType"])


@cache
def make_client(url: str) -> Any:
    return Session().create_client(
        "s3",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
    )


def new_bucket(url: str) -> Bucket:
    bucket = Bucket(url, f"test-{uuid4().hex}")
    bucket.client.create_bucket(Bucket=bucket.name)
    return bucket


@contextmanager
def start_s3() -> Iterator[str]:
    """Run the server, and return its URL."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()
