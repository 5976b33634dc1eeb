"""JWT-01, JWT-13: what is no token of ours is refused at once, whatever it is instead."""

import json
from collections.abc import Callable

import pytest

from app.core.errors import InvalidToken
from app.core.tokens import read_access_token
from tests.support.effort import effort
from tests.support.forge import Forger
from tests.support.tokens import FORGER, SETTINGS


def same_signature_in_another_spelling() -> str:
    """Two bits of the last character stand for nothing, so four spellings mean one signature."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = FORGER.token()
    return token[:-1] + alphabet[alphabet.index(token[-1]) + 1]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: "", id="empty"),
        pytest.param(lambda: "a.b", id="two parts"),
        pytest.param(lambda: ".".join("abcde"), id="five parts"),
        pytest.param(lambda: "é.b.c", id="not ascii"),
        pytest.param(lambda: "a" * 100_000 + ".b.c", id="100 kB"),
        pytest.param(lambda: FORGER.token().rpartition(".")[0] + ".", id="no signature"),
        pytest.param(lambda: FORGER.token()[:-2] + "AA", id="another signature"),
        pytest.param(lambda: FORGER.token() + "!", id="another character"),
        pytest.param(same_signature_in_another_spelling, id="another spelling"),
        pytest.param(lambda: Forger("another secret").token(), id="another secret"),
        pytest.param(
            lambda: FORGER.sign(f'{{"alg":"none",{json.dumps(FORGER.header())[1:]}', {}),
            id="a header twice",
        ),
        pytest.param(
            lambda: FORGER.sign(FORGER.header(), f'{{"sub":"x",{json.dumps(FORGER.claims())[1:]}'),
            id="a claim twice",
        ),
        pytest.param(lambda: FORGER.sign(FORGER.header(), "[" * 1500), id="deep"),
        pytest.param(lambda: FORGER.sign(FORGER.header(), "[]"), id="no object"),
        pytest.param(lambda: FORGER.sign("\xff", FORGER.claims()), id="no json"),
    ],
)
def test_what_is_no_token_is_refused_at_once(make: Callable[[], str]) -> None:
    token = make()

    def check() -> None:
        with pytest.raises(InvalidToken):
            read_access_token(SETTINGS, token)

    assert effort(check) < 0.05
