"""Fields of a customer that nobody is shown."""

from tests.customers.rows import PATH, create_customer
from tests.support.inspector import Inspector
from tests.support.people import Person

ANY = {"If-Match": "*"}
PRIVATE = ["notes"]


async def test_a_private_field_is_in_no_answer(alice: Person, database: Inspector) -> None:
    """AUTHZ-10: it is stored, and in no answer, no list, no export and no query."""
    row = await create_customer(alice)
    export = (await alice.client.get("/users/me/export")).json()["records"]

    answers = [
        (await alice.client.get(PATH)).json()["items"][0],
        (await alice.client.get(f"{PATH}/{row['id']}")).json(),
        (await alice.client.patch(f"{PATH}/{row['id']}", json={}, headers=ANY)).json(),
        *export.get("customers", []),
    ]
    for name in PRIVATE:
        stored = await database.scalar(f'SELECT "{name}" FROM customers')
        assert stored is not None
        assert all(name not in answer for answer in (row, *answers))
        assert (await alice.client.get(PATH, params={"sort": name})).status_code == 422
        assert (await alice.client.get(PATH, params={name: "1"})).status_code == 422
