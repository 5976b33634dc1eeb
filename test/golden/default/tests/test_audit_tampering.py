"""Whoever can write to the database can change the audit log, but not unnoticed."""

import pytest
from fastapi import FastAPI

from app.config import Settings
from tests.support.audit import disarm, verify, write_rows
from tests.support.inspector import Inspector

TAMPERING = {
    "edit": (["UPDATE audit_events SET event = 'logout_' WHERE seq = 3"], 3),
    "edit of the details": (["UPDATE audit_events SET details = '{}' WHERE seq = 2"], 2),
    "delete in the middle": (["DELETE FROM audit_events WHERE seq = 4"], 4),
    "delete the first": (["DELETE FROM audit_events WHERE seq = 1"], 1),
    "delete the last": (["DELETE FROM audit_events WHERE seq = 6"], 6),
    "delete all": (["DELETE FROM audit_events"], 1),
    "delete in the middle and renumber": (
        [
            "DELETE FROM audit_events WHERE seq = 4",
            "UPDATE audit_events SET seq = 4 WHERE seq = 5",
            "UPDATE audit_events SET seq = 5 WHERE seq = 6",
            "UPDATE audit_head SET seq = 5",
        ],
        4,
    ),
    "swap": (
        [
            "UPDATE audit_events SET seq = 99 WHERE seq = 2",
            "UPDATE audit_events SET seq = 2 WHERE seq = 5",
            "UPDATE audit_events SET seq = 5 WHERE seq = 99",
        ],
        2,
    ),
    "insert": (
        [
            "CREATE TABLE copy AS SELECT * FROM audit_events WHERE seq = 6",
            "UPDATE copy SET seq = 7, id = '00000000000070008000000000000000'",
            "INSERT INTO audit_events SELECT * FROM copy",
        ],
        7,
    ),
    "delete the last and move the head": (
        [
            "DELETE FROM audit_events WHERE seq = 6",
            "UPDATE audit_head SET seq = 5,"
            " row_mac = (SELECT mac FROM audit_events WHERE seq = 5)",
        ],
        5,
    ),
}


@pytest.mark.parametrize("how", TAMPERING)
async def test_tampering_is_found_and_the_first_bad_row_named(
    api: FastAPI, settings: Settings, database: Inspector, how: str
) -> None:
    """LOG-04."""
    statements, first_bad = TAMPERING[how]
    await write_rows(api, 6)
    assert (await verify(api, settings)).is_whole
    await disarm(database)

    for statement in statements:
        await database.execute(statement)

    verdict = await verify(api, settings)
    assert not verdict.is_whole
    assert verdict.seq == first_bad, verdict.problem


async def test_a_log_that_was_set_back_does_not_fit_its_anchor(
    api: FastAPI, settings: Settings, database: Inspector
) -> None:
    """LOG-04: an old head is genuine, so only what was kept elsewhere tells."""
    await write_rows(api, 3)
    old_head = (await database.rows("SELECT seq, row_mac, mac FROM audit_head"))[0]
    await write_rows(api, 3)
    anchor = (await verify(api, settings)).anchor
    await disarm(database)

    await database.execute("DELETE FROM audit_events WHERE seq > 3")
    restore = "UPDATE audit_head SET seq = :seq, row_mac = :row_mac, mac = :mac"
    await database.execute(restore, **old_head._mapping)

    assert (await verify(api, settings)).is_whole
    assert (await verify(api, settings, anchor)).seq == 4
