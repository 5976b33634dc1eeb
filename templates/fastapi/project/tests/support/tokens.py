"""A secret that the tests of access tokens know, and the settings that hold it."""

from app.core.errors import InvalidToken
from app.core.tokens import read_access_token
from tests.support.configured import cheap_settings
from tests.support.forge import Forger

SECRET = "kT9vW2xQ7bLmZ4pR8sYc3dHf6gJn1aE5uVo0iXtBw"
SETTINGS = cheap_settings(SECRET_KEY=SECRET)
FORGER = Forger(SECRET)


def is_refused(token: str) -> bool:
    try:
        read_access_token(SETTINGS, token)
    except InvalidToken:
        return True
    return False
