"""Two requests about one file at the same moment."""

from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.support.waiting import until_it_waits
from tests.uploads.samples import pdf, sent


async def test_a_file_is_deleted_once(alice: Person, database: Inspector) -> None:
    """Whoever comes second is told that there is no such file, as the file is gone."""
    file = await sent(alice, pdf(), "letter.pdf")

    async with database.holding("DELETE FROM files"):
        deletion = alice.client.delete(f"/files/{file['id']}")
        answer = await until_it_waits(database, deletion)

    assert (await answer).status_code == 404
