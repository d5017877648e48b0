"""What somebody does with the own account."""

import re

import pyotp
import pytest

from db.models import Account, Role
from services.second_factor import STEP_SECONDS
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office
from tests.integration.portal.signing_in import PASSWORD
from tests.integration.portal.test_sign_in import SECRET, password_hash

NEW = "kraan tuin wolk zeven"


@pytest.fixture
def account(office: Office) -> Account:
    return office.add(
        Role.CASEWORKER, login="anna", password_hash=password_hash(), totp_secret=office.keys.seal(SECRET)
    )


@pytest.fixture
def anna(office: Office, account: Account) -> StaffBrowser:
    return office.sign_in(account)


def change(anna: StaffBrowser, now: str = PASSWORD, new: str = NEW) -> int:
    return anna.post("/ik/wachtwoord", {"wachtwoord": now, "nieuw": new, "nogmaals": new}).status_code


def test_a_changed_password_signs_out_everywhere_else(office: Office, account: Account, anna: StaffBrowser) -> None:
    elsewhere, old = office.sign_in(account), anna.token

    assert change(anna) == 303
    assert anna.token != old
    assert anna.get("/ik").status_code == 200
    assert elsewhere.get("/ik").status_code == 303
    assert [entry.deed for entry in office.entries()] == ["password_changed", "read_own_account"]
    assert change(anna, NEW, "wolk kraan tuin acht") == 303


def test_a_password_is_only_changed_by_who_knows_the_old_one(office: Office, anna: StaffBrowser) -> None:
    assert [change(anna, "dit is het niet") for _ in range(6)] == [401] * 6
    assert (
        "te vaak niet gelukt"
        in anna.post("/ik/wachtwoord", {"wachtwoord": PASSWORD, "nieuw": NEW, "nogmaals": NEW}).text
    )
    assert change(anna, PASSWORD, "kort") == 422
    assert office.entries("password_changed") == []


def test_another_telephone_is_set_up_and_the_old_one_no_longer_works(office: Office, anna: StaffBrowser) -> None:
    found = re.search(r'class="sleutel"[^>]*>([A-Z2-7 ]+)<', anna.get("/ik/app").text)
    assert found
    code = pyotp.TOTP(found[1].replace(" ", "")).generate_otp(int(office.clock().timestamp()) // STEP_SECONDS)
    assert anna.post("/ik/app", {"code": code, "wachtwoord": "dit is het niet"}).status_code == 401
    assert anna.post("/ik/app", {"code": "000000", "wachtwoord": PASSWORD}).status_code == 401
    before = office.accounts()[0].totp_secret
    assert anna.post("/ik/app", {"code": code, "wachtwoord": PASSWORD}).status_code == 303
    assert office.accounts()[0].totp_secret != before
    assert anna.get("/ik").status_code == 200
    assert len(office.entries("second_factor_set")) == 1


def test_the_secret_of_the_second_factor_is_sealed(office: Office, anna: StaffBrowser) -> None:
    kept = office.accounts()[0].totp_secret

    assert kept is not None
    assert SECRET not in kept
    assert office.keys.unseal(kept) == SECRET


def test_the_page_can_ask_how_long_the_session_still_holds_and_keep_it(office: Office, anna: StaffBrowser) -> None:
    office.clock.forward(minutes=20)
    assert anna.get("/sessie").text == "600"
    assert anna.post("/sessie").text == "1800"
    assert anna.get("/sessie").text == "1800"
