"""DATA-08: the application says nothing to a database that it cannot verify."""

from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from app.db.engine import create_engine
from app.db.session import reading
from tests.support.authority import Authority, postgres_listener
from tests.support.configured import production_settings


@pytest.mark.parametrize(
    ("trusted", "host", "mode", "is_trusted"),
    [
        pytest.param("ours", "localhost", "verify-full", True, id="the right server"),
        pytest.param("other", "localhost", "verify-full", False, id="another authority"),
        pytest.param("ours", "db.example.com", "verify-full", False, id="another name"),
        pytest.param("ours", "db.example.com", "verify-ca", True, id="the name is not asked for"),
        pytest.param("other", "localhost", "require", True, id="nothing is asked for"),
    ],
)
async def test_a_server_has_to_prove_its_name(
    tmp_path: Path, trusted: str, host: str, mode: str, is_trusted: bool
) -> None:
    authorities = {name: Authority(tmp_path / name) for name in ("ours", "other")}

    async with postgres_listener(authorities["ours"].server_context(host)) as (port, heard):
        query = f"sslmode={mode}&sslrootcert={authorities[trusted].file}"
        url = f"postgresql://app:kT9vW2@localhost:{port}/app?{query}"
        engine = create_engine(production_settings(DATABASE_URL=url))
        with pytest.raises(DBAPIError):
            async with reading(engine):
                pytest.fail("the listener never answers")
        await engine.dispose()

    assert any(b"app" in said for said in heard) is is_trusted
