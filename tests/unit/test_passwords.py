"""Which passwords are good enough, and how long one waits after failures."""

from datetime import timedelta

import pytest

from portal.refuse import own_path
from services.brake import wait_after
from services.passwords import (
    PasswordCommon,
    PasswordTooLong,
    PasswordTooShort,
    check_password,
    compare,
    hash_password,
    make_password,
)

GOOD = (
    "kraan tuin wolk zeven",
    "Hxg7-plmQ-92vz",
    "ik fiets elke dinsdag naar Oudeschoot",
    "密码密码不是一个好密码吗",
    "ij'sjes-en-taart",
)
COMMON = (
    "123456789012",
    "987654321098",
    "qwertyuiopas",
    "aaaaaaaaaaaaaa",
    "abcabcabcabc",
    "Wachtwoord123!",
    "W@chtw00rd2026",
    "welkom-welkom-2026",
    "Heerenveen2026",
    "Gemeente!!2026",
    "participatiewet1",
    "passwordpassword",
)


@pytest.mark.parametrize("password", GOOD)
def test_what_is_long_and_ones_own_is_good(password: str) -> None:
    check_password(password, "anna@voorbeeld.test", "Anna de Vries", "Voorbeeldstad")


@pytest.mark.parametrize("password", COMMON)
def test_what_others_try_first_is_not(password: str) -> None:
    with pytest.raises(PasswordCommon):
        check_password(password, "anna@voorbeeld.test", "Anna de Vries", "Voorbeeldstad")


@pytest.mark.parametrize("password", ["anna@voorbeeld.test", "Anna de Vries 12", "voorbeeldstad-1", "VRIES12345678"])
def test_the_login_a_name_and_the_municipality_are_not(password: str) -> None:
    with pytest.raises(PasswordCommon):
        check_password(password, "anna@voorbeeld.test", "Anna de Vries", "Voorbeeldstad")


def test_a_password_has_a_length() -> None:
    with pytest.raises(PasswordTooShort):
        check_password("kraan tuin")
    with pytest.raises(PasswordTooLong):
        check_password("kraan tuin " * 30)


def test_the_same_letters_typed_on_another_machine_are_the_same_password() -> None:
    kept = hash_password("caf\u00e9 bij de brug")

    assert kept.startswith("$argon2id$")
    assert compare(kept, "cafe\u0301 bij de brug").right
    assert not compare(kept, "cafe bij de brug").right
    assert not compare(None, "cafe bij de brug").right
    assert not compare("geen hash", "cafe bij de brug").right


def test_a_password_that_is_made_is_good_and_never_the_same() -> None:
    made = [make_password() for _ in range(3)]

    assert len({one.text for one in made}) == 3
    assert all(compare(one.hash, one.text).right for one in made)
    check_password(made[0].text)


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after("login", failures) // timedelta(seconds=1) for failures in (0, 4, 5, 6, 7, 9, 10, 11, 500)]

    assert waits == [0, 0, 30, 60, 120, 480, 900, 900, 900]


@pytest.mark.parametrize("given", ["/portal/", "/portal/gesprekken/12?van=lijst"])
def test_one_is_led_back_to_a_page_of_ours(given: str) -> None:
    assert own_path(given) == given


@pytest.mark.parametrize(
    "given",
    ["", "/", "/voorbeeldstad", "//elders.nl/portal/", "https://elders.nl/portal/", "/portal/\\elders",
     "/portal/inloggen", "/portal/\r\nSet-Cookie: x=y", "javascript:alert(1)", "/portal", "/portal/../geheim"],
)  # fmt: skip
def test_one_is_led_nowhere_else(given: str) -> None:
    assert own_path(given) is None
