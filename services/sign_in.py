"""Signing in, step by step: a password, a code, and what is still to be chosen. Each step gives a new session token."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account
from services.audit import note
from services.brake import count_try, forget_old_tries, release
from services.errors import ServiceError
from services.keys import Keys
from services.passwords import Compared
from services.second_factor import WrongCode, proposed_secret, set_second_factor, use_code
from services.staff_sessions import SignedIn, clear_old_sessions, end_sessions_of, open_session, renew_session


class Step(StrEnum):
    """What a session still lacks."""

    CODE = "code"
    """The code of the second factor."""
    CHOOSE = "choose"
    """A password of one's own in place of the one that somebody else made."""
    SET_UP = "set_up"
    """A second factor."""


class SignInRefused(ServiceError):
    """There is no such account, it is blocked, or the password is wrong: which of these is not told."""


class OneTimeExpired(ServiceError):
    """The password that somebody else made was not used in time."""


class NotPutOff(ServiceError):
    """Only the accounts of the example may do without a second factor."""


@dataclass(frozen=True)
class Attempt:
    """A try that was counted. `account_id` is None when there is no account that may sign in."""

    login: str
    address: str | None
    account_id: int | None
    password_hash: str | None


def next_step(found: SignedIn) -> Step | None:
    """None: signed in."""
    account = found.account
    if found.session.proven_at is None and account.totp_since is not None:
        return Step.CODE
    if account.one_time_until is not None:
        return Step.CHOOSE
    return Step.SET_UP if found.session.proven_at is None else None


def begin(session: Session, keys: Keys, login: str, address: str | None, now: datetime) -> Attempt:
    """Count the try and give what the password is to be compared with, outside of any transaction."""
    name = login.strip().casefold()[:120]
    forget_old_tries(session, now)
    if address is not None:
        count_try(session, keys, "address", address, now)
    count_try(session, keys, "login", name, now)
    account = session.scalar(select(Account).where(Account.login == name, Account.blocked_at.is_(None)))
    if account is None:
        return Attempt(name, address, None, None)
    return Attempt(name, address, account.id, account.password_hash)


def prove_password(session: Session, keys: Keys, attempt: Attempt, compared: Compared, now: datetime) -> str:
    """The token of a session that may go on with the next step. Raises SignInRefused, OneTimeExpired."""
    account = session.get(Account, attempt.account_id) if attempt.account_id else None
    if account is None or not compared.right or account.blocked_at is not None:
        raise SignInRefused
    if account.one_time_until is not None and account.one_time_until <= now:
        raise OneTimeExpired
    if compared.new_hash is not None:
        account.password_hash = compared.new_hash
    if attempt.address is not None:
        release(session, keys, "address", attempt.address, now, all_tries=False)
    return open_session_for(session, keys, account, now)


def open_session_for(session: Session, keys: Keys, account: Account, now: datetime, proven: bool = False) -> str:
    """A session for somebody who has shown who he is, in whatever way. `proven`: also by a second factor."""
    clear_old_sessions(session, now)
    token = open_session(session, keys, account, now, proven=proven)
    if proven:
        _finish(session, keys, account, "signed_in", now)
    return token


def note_refused(session: Session, attempt: Attempt, now: datetime) -> None:
    """A wrong password for an account that exists stands in its municipality's log; of others nobody can say whose."""
    account = session.get(Account, attempt.account_id) if attempt.account_id else None
    if account is not None:
        note(session, account.municipality_id, account.id, "sign_in_refused", f"account {account.id}", now)


def count_code(session: Session, keys: Keys, account_id: int, now: datetime) -> None:
    """In a transaction of its own, before the code is looked at: a wrong one must stay counted."""
    count_try(session, keys, "code", str(account_id), now)


def prove_code(session: Session, keys: Keys, found: SignedIn, code: str, now: datetime) -> str:
    """Raises WrongCode. Two sessions that give the same code at once: one of them gets in."""
    account = _hold(session, found)
    if next_step(SignedIn(found.session, account, found.municipality)) is not Step.CODE:
        raise WrongCode
    use_code(session, keys, account, code, now)
    return _proven(session, keys, found, account, "signed_in", now)


def prove_set_up(session: Session, keys: Keys, found: SignedIn, code: str, now: datetime) -> str:
    """The second factor that was proposed to this session works: it is the one from now on. Raises WrongCode."""
    account = _hold(session, found)
    if account.totp_since is not None:
        raise WrongCode
    set_second_factor(session, keys, account, proposed_secret(keys, account, found.session), code, now)
    note(session, account.municipality_id, account.id, "second_factor_set", f"account {account.id}", now)
    return _proven(session, keys, found, account, "signed_in", now)


def put_off(session: Session, keys: Keys, found: SignedIn, now: datetime) -> str:
    """Without a second factor, this time: only for the accounts of the example. Raises NotPutOff."""
    account = _hold(session, found)
    if not account.demo or account.totp_since is not None:
        raise NotPutOff
    return _proven(session, keys, found, account, "signed_in_without_second_factor", now)


def choose_password(session: Session, keys: Keys, found: SignedIn, password_hash: str, now: datetime) -> str:
    """A password of one's own; all other sessions of the account end. The new token of this one."""
    account = _hold(session, found)
    account.password_hash, account.one_time_until = password_hash, None
    end_sessions_of(session, account, but=found.session.id)
    note(session, account.municipality_id, account.id, "password_changed", f"account {account.id}", now)
    return renew_session(session, keys, found.session.id, now)


def renew_second_factor(session: Session, keys: Keys, found: SignedIn, code: str, now: datetime) -> str:
    """Another app or telephone, proposed to this session; all other sessions end. Raises WrongCode."""
    account = _hold(session, found)
    set_second_factor(session, keys, account, proposed_secret(keys, account, found.session), code, now)
    end_sessions_of(session, account, but=found.session.id)
    note(session, account.municipality_id, account.id, "second_factor_set", f"account {account.id}", now)
    return renew_session(session, keys, found.session.id, now)


def _proven(session: Session, keys: Keys, found: SignedIn, account: Account, deed: str, now: datetime) -> str:
    token = renew_session(session, keys, found.session.id, now, proven=True)
    _finish(session, keys, account, deed, now)
    return token


def _finish(session: Session, keys: Keys, account: Account, deed: str, now: datetime) -> None:
    release(session, keys, "login", account.login, now)
    release(session, keys, "code", str(account.id), now)
    note(session, account.municipality_id, account.id, deed, f"account {account.id}", now)


def _hold(session: Session, found: SignedIn) -> Account:
    """The account as it is now, held until the end of the transaction."""
    return session.get_one(Account, found.account.id, with_for_update=True, populate_existing=True)
