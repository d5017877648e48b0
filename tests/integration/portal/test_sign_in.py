"""Signing in: both factors, a new session id at each step, and nothing to learn for who guesses."""

import re
from functools import cache

import pytest

from db.models import Role
from services.passwords import hash_password
from tests.integration.portal.conftest import Office
from tests.integration.portal.signing_in import PASSWORD, Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@cache
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def anna(office: Office) -> Person:
    """A caseworker with a second factor."""
    account = office.add(
        Role.CASEWORKER, login="anna", password_hash=password_hash(), totp_secret=office.keys.seal(SECRET)
    )
    return Person(office.nobody("10.0.0.1"), account, office.clock, SECRET)


@pytest.fixture
def new(office: Office) -> Person:
    """Somebody who signs in for the first time, with a password that was made for him."""
    until = office.clock.now.replace(day=30)
    account = office.add(
        Role.EDITOR, login="nieuw", password_hash=password_hash(), totp_since=None, one_time_until=until
    )
    return Person(office.nobody("10.0.0.2"), account, office.clock)


def test_password_and_code_let_somebody_in(office: Office, anna: Person) -> None:
    assert anna.give_password().headers["location"] == "/portal/inloggen/verder"
    assert anna.open("/inloggen/verder").headers["location"] == "/portal/inloggen/code"
    assert not anna.is_in
    assert anna.give_code().status_code == 303
    assert anna.is_in
    assert [entry.deed for entry in office.entries()] == ["signed_in", "read_own_account"]


def test_each_step_gives_a_new_token_and_the_old_one_is_worth_nothing(office: Office, anna: Person) -> None:
    anna.open()
    tokens = [anna.browser.token]
    anna.give_password()
    tokens.append(anna.browser.token)
    anna.give_code()
    tokens.append(anna.browser.token)

    assert len(set(tokens)) == 3
    for old in tokens[:2]:
        anna.browser.use(old)
        assert not anna.is_in


def test_the_password_alone_opens_nothing(office: Office, anna: Person) -> None:
    anna.give_password()

    assert anna.open("/").headers["location"].startswith("/portal/inloggen/code")
    assert anna.browser.post("/uitloggen").status_code == 401


@pytest.mark.parametrize("login", ["anna@voorbeeld.test", "niemand@voorbeeld.test", "geblokkeerd@voorbeeld.test"])
def test_a_wrong_password_no_account_and_a_blocked_one_look_alike(office: Office, anna: Person, login: str) -> None:
    office.add(Role.EDITOR, login="geblokkeerd", password_hash=password_hash(), blocked_at=office.clock())
    typed = "dit is het niet 12" if login.startswith("anna") else PASSWORD
    response = anna.give_password(typed, login)

    assert response.status_code == 401
    assert "Deze gegevens kloppen niet." in response.text
    assert login in response.text
    assert typed not in response.text


def test_after_five_failures_one_waits_longer_and_longer_also_without_an_account(office: Office, anna: Person) -> None:
    for login in (anna.account.login, "niemand@voorbeeld.test"):
        statuses = [anna.give_password("fout fout fout", login).status_code for _ in range(6)]
        assert statuses == [401] * 5 + [429]
    office.clock.forward(seconds=31)
    assert anna.give_password("fout fout fout").status_code == 401
    office.clock.forward(seconds=31)
    assert "over 1 minuut opnieuw" in anna.give_password().text
    office.clock.forward(seconds=60)
    assert anna.give_password().status_code == 303


def test_signing_in_whole_takes_the_brake_off_and_half_does_not(office: Office, anna: Person) -> None:
    for _ in range(4):
        anna.give_password("fout fout fout")
    anna.give_password()
    other = Person(office.nobody("10.0.0.9"), anna.account, office.clock, SECRET)
    assert other.give_password().status_code == 429
    anna.give_code()
    assert other.give_password().status_code == 303


def test_one_address_that_tries_many_logins_has_to_wait_and_others_have_not(office: Office, anna: Person) -> None:
    for number in range(30):
        anna.give_password("x" * 12, f"login{number}@voorbeeld.test")
    assert anna.give_password().status_code == 429
    assert Person(office.nobody("10.0.0.3"), anna.account, office.clock, SECRET).give_password().status_code == 303


def test_a_code_is_good_once(office: Office, anna: Person) -> None:
    code = anna.code()
    anna.sign_in()
    other = Person(office.nobody("10.0.0.4"), anna.account, office.clock, SECRET)
    other.give_password()

    assert other.give_code(code).status_code == 401
    office.clock.forward(seconds=30)
    assert other.give_code().status_code == 303


@pytest.mark.parametrize(("seconds", "status"), [(-30, 303), (30, 303), (-90, 401), (90, 401)])
def test_a_code_may_be_one_step_early_or_late(anna: Person, seconds: int, status: int) -> None:
    anna.give_password()

    assert anna.give_code(anna.code(seconds)).status_code == status


def test_codes_cannot_be_guessed_by_trying(office: Office, anna: Person) -> None:
    anna.give_password()

    assert [anna.give_code("000000").status_code for _ in range(6)] == [401] * 5 + [429]


def test_the_first_time_one_chooses_a_password_and_sets_up_the_app(office: Office, new: Person) -> None:
    new.give_password()
    assert new.open("/inloggen/verder").headers["location"] == "/portal/inloggen/wachtwoord"
    assert not new.is_in
    chosen = "kraan tuin wolk zeven"
    new.browser.post("/inloggen/wachtwoord", {"nieuw": chosen, "nogmaals": chosen})
    assert not new.is_in
    page = new.open("/inloggen/instellen").text
    assert page == new.open("/inloggen/instellen").text.replace("\r", "")
    assert "Later instellen" not in page
    found = re.search(r'class="sleutel"[^>]*>([A-Z2-7 ]+)<', page)
    assert found
    new.secret = found[1].replace(" ", "")
    assert new.browser.post("/inloggen/instellen", {"code": "000000"}).status_code == 401
    assert new.browser.post("/inloggen/instellen", {"code": new.code()}).status_code == 303
    assert new.is_in
    assert [entry.deed for entry in office.entries()][:3] == ["password_changed", "second_factor_set", "signed_in"]


@pytest.mark.parametrize(
    ("chosen", "again", "told"),
    [
        ("kraantje", "kraantje", "te kort"),
        ("wachtwoord1234", "wachtwoord1234", "makkelijk te raden"),
        ("voorbeeldstad2026!", "voorbeeldstad2026!", "makkelijk te raden"),
        ("kraan tuin wolk zeven", "kraan tuin wolk acht", "niet gelijk"),
    ],
)
def test_a_password_that_others_would_guess_is_refused_with_the_reason(
    new: Person, chosen: str, again: str, told: str
) -> None:
    new.give_password()
    response = new.browser.post("/inloggen/wachtwoord", {"nieuw": chosen, "nogmaals": again})

    assert response.status_code == 422
    assert told in response.text
    assert chosen not in response.text


def test_a_password_that_was_made_by_somebody_else_ends_after_its_day(office: Office, new: Person) -> None:
    office.clock.now = office.clock.now.replace(month=12, day=8)

    assert "eenmalige wachtwoord is verlopen" in new.give_password().text


def test_only_an_account_of_the_example_may_set_up_the_app_later(office: Office, new: Person) -> None:
    new.account = office.add(Role.EDITOR, login="demo", password_hash=password_hash(), totp_since=None, demo=True)
    new.give_password()
    assert "Later instellen" in new.open("/inloggen/instellen").text
    assert new.browser.post("/inloggen/later").status_code == 303
    assert new.is_in

    real = office.add(Role.EDITOR, login="echt", password_hash=password_hash(), totp_since=None)
    other = Person(office.nobody("10.0.0.5"), real, office.clock)
    other.give_password()
    other.browser.post("/inloggen/later")
    assert not other.is_in


def test_one_comes_back_to_the_page_one_wanted_and_never_to_another_site(office: Office, anna: Person) -> None:
    page = anna.open("/inloggen?verder=/portal/ik").text
    assert 'name="verder" value="/portal/ik"' in page
    response = anna.give_password(verder="/portal/ik")
    assert response.headers["location"] == "/portal/inloggen/verder?verder=/portal/ik"
    for bad in ("//elders.nl/portal/", "https://elders.nl/portal/", "/portal/\\elders", "/portal/inloggen", "x"):
        assert 'name="verder" value=""' in office.nobody().get(f"/inloggen?verder={bad}").text


def test_a_form_without_the_token_of_this_browser_signs_nobody_in(office: Office, anna: Person) -> None:
    fields = {"login": anna.account.login, "wachtwoord": PASSWORD}
    anna.open()

    assert anna.browser.post("/inloggen", fields, csrf=False).headers["location"] == "/portal/inloggen?verlopen"
    assert office.nobody().post("/inloggen", fields).headers["location"] == "/portal/inloggen?verlopen"
    response = anna.browser.post("/inloggen", fields, {"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


def test_signing_out_ends_the_session_and_clears_what_the_browser_kept(office: Office, anna: Person) -> None:
    anna.sign_in()
    old = anna.browser.token
    response = anna.browser.post("/uitloggen")

    assert response.headers["clear-site-data"] == '"storage"'
    assert response.headers["location"] == "/portal/inloggen?uitgelogd"
    anna.browser.use(old)
    assert not anna.is_in
    assert office.entries("signed_out")


def test_an_older_kind_of_hash_is_replaced_when_the_password_is_given(office: Office, anna: Person) -> None:
    from argon2 import PasswordHasher  # noqa: PLC0415

    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    anna.account = office.add(Role.EDITOR, login="oud", password_hash=weak, totp_since=None, demo=True)
    anna.give_password()

    kept = next(account.password_hash for account in office.accounts() if account.id == anna.account.id)
    assert kept is not None
    assert "m=65536,t=3" in kept
