"""People with an authenticator app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from httpx import AsyncClient, Response

from app.core.one_time_code import code_of, step_at
from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, Person

PATH = "/auth/two-factor"


@dataclass(frozen=True, slots=True)
class App:
    """An authenticator app, and the recovery codes on a sheet of paper beside it."""

    secret: str
    recovery_codes: Sequence[str] = ()

    def code(self, ahead: int = 0) -> str:
        """Read the code, or the one of a later step, which is good already by one."""
        return code_of(self.secret, step_at(datetime.now(UTC)) + ahead)

    def wrong_code(self) -> str:
        """Make up a code that is none of those around now."""
        around = {self.code(ahead) for ahead in range(-3, 4)}
        return next(code for code in map("{:06}".format, range(9)) if code not in around)


async def start(person: Person) -> App:
    response = await person.client.post(PATH)
    assert response.status_code == 200, response.text
    return App(response.json()["secret"])


async def confirm(person: Person, otp: str) -> Response:
    return await person.client.post(f"{PATH}/confirm", json={"otp": otp})


async def turn_on(person: Person) -> App:
    """Turn the second factor on; the code of this moment is used up by that."""
    app = await start(person)
    response = await confirm(person, app.code())
    assert response.status_code == 200, response.text
    return App(app.secret, response.json()["recovery_codes"])


async def turn_off(person: Person, otp: str) -> Response:
    return await person.client.request("DELETE", PATH, json={"otp": otp})


async def log_in_with(
    client: AsyncClient, otp: str, name: str = "alice", password: str = PASSWORD
) -> Response:
    form = {"username": name, "password": password, "otp": otp}
    return await client.post("/auth/login", data=form)


async def forget_steps(database: Inspector) -> None:
    """Let a code be good once more, as if half a minute had passed."""
    await database.execute("UPDATE two_factors SET last_step = NULL")
