"""Signing in by many at once: nobody slips past the brake, and a code lets one session in."""

from datetime import timedelta

import pyotp
import pytest

from db.models import Account, Role, SignInBrake
from db.session import Database
from services.brake import TooManyTries, count_try
from services.municipalities import library
from services.passwords import Compared
from services.second_factor import STEP_SECONDS, WrongCode
from services.sign_in import SignInRefused, begin, open_session_for, prove_code, prove_password
from services.staff_sessions import SignedIn, clear_old_sessions, find_session
from tests.builders import NOW, build_account, build_keys, build_municipality
from tests.integration.services.conftest import at_once

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
KEYS = build_keys()


@pytest.fixture
def anna(database: Database) -> Account:
    with database.writing() as session:
        library(session)
        return build_account(
            session, build_municipality(session), Role.EDITOR, login="anna", totp_secret=KEYS.seal(SECRET)
        )


def half(database: Database, account: Account) -> SignedIn:
    with database.writing() as session:
        token = open_session_for(session, KEYS, account, NOW)
        found = find_session(session, KEYS, token, NOW)
        assert found
        return found


@pytest.mark.parametrize("login", ["anna@voorbeeld.test", "niemand@voorbeeld.test"])
def test_of_twenty_tries_at_once_five_are_looked_at(database: Database, anna: Account, login: str) -> None:
    def attempt(number: int) -> bool:
        try:
            with database.writing() as session:
                begin(session, KEYS, login, f"10.0.0.{number}", NOW)
        except TooManyTries:
            return False
        return True

    assert sum(at_once(20, attempt)) == 5


def test_one_code_given_in_two_sessions_at_once_lets_one_of_them_in(database: Database, anna: Account) -> None:
    sessions = [half(database, anna) for _ in range(6)]
    code = pyotp.TOTP(SECRET).generate_otp(int(NOW.timestamp()) // STEP_SECONDS)

    def give(number: int) -> bool:
        try:
            with database.writing() as session:
                prove_code(session, KEYS, sessions[number], code, NOW)
        except WrongCode:
            return False
        return True

    assert sum(at_once(6, give)) == 1


def test_an_account_that_is_blocked_between_the_password_and_its_comparison_gets_nothing(
    database: Database, anna: Account
) -> None:
    with database.writing() as session:
        attempt = begin(session, KEYS, anna.login, None, NOW)
        session.get_one(Account, anna.id).blocked_at = NOW
    with pytest.raises(SignInRefused), database.writing() as session:
        prove_password(session, KEYS, attempt, Compared(True), NOW)


def test_what_is_right_for_somebody_else_is_right_for_nobody(database: Database, anna: Account) -> None:
    with database.writing() as session:
        attempt = begin(session, KEYS, "niemand@voorbeeld.test", None, NOW)
    with pytest.raises(SignInRefused), database.writing() as session:
        prove_password(session, KEYS, attempt, Compared(True), NOW)


def test_tries_are_forgotten_after_a_day_and_hold_no_login(database: Database, anna: Account) -> None:
    with database.writing() as session:
        begin(session, KEYS, anna.login, "10.0.0.1", NOW)
        assert all("anna" not in brake.lookup for brake in session.query(SignInBrake))
    with database.writing() as session:
        begin(session, KEYS, "iemand", None, NOW + timedelta(hours=25))
        assert session.query(SignInBrake).count() == 1


def test_kinds_of_tries_are_counted_apart(database: Database, anna: Account) -> None:
    with database.writing() as session:
        for _ in range(5):
            count_try(session, KEYS, "login", "1", NOW)
        count_try(session, KEYS, "code", "1", NOW)
        with pytest.raises(TooManyTries):
            count_try(session, KEYS, "login", "1", NOW)


def test_sessions_that_are_over_are_cleared_away(database: Database, anna: Account) -> None:
    half(database, anna)
    with database.writing() as session:
        clear_old_sessions(session, NOW + timedelta(minutes=31))
        token = open_session_for(session, KEYS, anna, NOW, proven=True)
        assert find_session(session, KEYS, token, NOW)
        assert find_session(session, KEYS, token, NOW + timedelta(minutes=30)) is None
        assert find_session(session, build_keys(), "x" * 43, NOW) is None
