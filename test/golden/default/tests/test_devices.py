"""Browsers, by their coarse names and by the mark that they keep."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from app.services.known_device import LIFETIME, device_id_of, new_device
from app.utils.devices import device_name
from app.utils.helpers import utc_now
from tests.support.configured import cheap_settings


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/141.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("curl/8.5.0", "curl"),
        ("<script>alert(1)</script>", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_a_device_has_a_coarse_name(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


def test_the_mark_of_a_browser_is_for_one_user_and_a_while() -> None:
    settings, now, user_id = cheap_settings(), utc_now(), uuid4()
    mark = new_device(settings, user_id, now)

    device_id = device_id_of(settings, user_id, mark, now)

    assert device_id is not None
    assert device_id_of(settings, uuid4(), mark, now) is None
    assert device_id_of(settings, None, mark, now) is None
    assert device_id_of(settings, user_id, mark, now + LIFETIME + timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(lambda mark: None, id="none"),
        pytest.param(lambda mark: "", id="empty"),
        pytest.param(lambda mark: "a.b", id="two parts"),
        pytest.param(lambda mark: mark[:-1], id="cut"),
        pytest.param(lambda mark: f"x{mark}", id="other id"),
        pytest.param(lambda mark: mark.replace(".1", ".9", 1), id="longer life"),
        pytest.param(lambda mark: ".".join([mark.split(".")[0], "٣", "x"]), id="Arabic digits"),
        pytest.param(lambda mark: mark + "\ud800", id="lone surrogate"),
        pytest.param(lambda mark: "x" * 5000, id="long"),
    ],
)
def test_a_forged_mark_is_worth_nothing(forge: Callable[[str], str | None]) -> None:
    settings, now, user_id = cheap_settings(), utc_now(), uuid4()

    assert device_id_of(settings, user_id, forge(new_device(settings, user_id, now)), now) is None
