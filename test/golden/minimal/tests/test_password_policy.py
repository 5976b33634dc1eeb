"""AUTH-10 to AUTH-12: not easily guessed, and no other rule."""

import pytest

from app.core.password_policy import PasswordRejected, check_password
from tests.support.policy import SETTINGS, code_of, in_blue_harbour


@pytest.fixture(autouse=True)
def harbour(monkeypatch: pytest.MonkeyPatch) -> None:
    in_blue_harbour(monkeypatch)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "correcthorsebatterystaple",
        "purple elephants dance slowly",
        "   spaces in front and behind   ",
        "mountain river forest desert ocean",
        "Zebra-Quartz-7x",
        "kf8Hs02mQx7Lp3zT",
        "3f9d2c71b0a84e6f",
        "8462910573846201",
        "Tränen über dem Straßenschild",
        "雨の日は家で本を読むのが好きです",
    ],
)
def test_no_kind_of_character_is_demanded(password: str) -> None:
    """AUTH-10: a passphrase is enough, and stays as it was typed."""
    accepted = check_password(SETTINGS, password, email="zoe@example.com", username="zoe")

    assert accepted == password


COMMON = """
password1234567 qwertyuiop12345 iloveyou1234567 letmeinletmein1 123456789012345 aaaaaaaaaaaaaaa
adminadminadmin passwordpassword P@ssw0rd12345678 welcome123456789 abcdefghijklmnop
monkeymonkey123 football1234567 1q2w3e4r5t6y7u8i 1qaz2wsx3edc4rfv Summer2026!Winter
trustno1trustno1 Password!Password! changeme1234567 987654321987654321 dragon!!!!!!!!!!
q1w2e3r4t5y6u7i8 q1w2e3r4t5y6u7i8o9p0 a1b2c3d4e5f6g7h8 1a2b3c4d5e6f7g8h qwe123asd456zxc789
password1234567x i.love.you.12345 p.a.s.s.w.o.r.d.1.2.3 zaq12wsxcde34rfv
administrator2026! shadow_shadow_99 !@#$%^&*()_+!@# michael.michelle.1990 zyxwvutsrqponmlk
"""


@pytest.mark.parametrize("password", COMMON.split())
def test_common_passwords_are_refused_in_every_case(password: str) -> None:
    """AUTH-11: with no network."""
    for variant in (password, password.upper(), password.title(), password.swapcase()):
        assert code_of(variant) == "password_common", variant


@pytest.mark.parametrize(
    ("password", "email", "username"),
    [
        ("johnny.walker lives in a boat", "johnny.walker@example.com", "somebody"),
        ("a boat for JohnnyWalker, please", "johnny.walker@example.com", "somebody"),
        ("the boat of somebody, not yours", "x@example.com", "somebody"),
        ("th3 b0at of 50m3b0dy, n0t y0urs", "x@example.com", "somebody"),
        ("the boat of bob, not yours", "bob@example.com", "captain"),
        ("a password for Blue Harbour only", "x@example.com", "captain"),
    ],
)
def test_it_does_not_name_its_owner_or_the_service(
    password: str, email: str, username: str
) -> None:
    """AUTH-12."""
    assert code_of(password, email, username) == "password_contains_identity"


def test_a_short_name_inside_a_word_is_no_match() -> None:
    """AUTH-12: or nobody called Ann could ever plan a channel."""
    assert code_of("planned channel over bannock", "ann@example.com", "ann") == "accepted"
    assert code_of("velvet marmot ginger cabinet", "a@example.com", "el.i") == "accepted"


def test_the_refusal_names_the_field() -> None:
    with pytest.raises(PasswordRejected) as refused:
        check_password(SETTINGS, "zq!", email="", username="", field="new_password")

    (entry,) = refused.value.errors
    assert refused.value.status == 422
    assert entry["loc"] == ["body", "new_password"]
    assert "zq!" not in str(refused.value.errors)
