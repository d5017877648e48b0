"""Accounts of the staff: add one, block it, change its roles, and help somebody who cannot sign in any more."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, Municipality, Role
from services.errors import ServiceError
from services.second_factor import take_second_factor_away
from services.staff_sessions import end_sessions_of

ONE_TIME_FOR = timedelta(days=7)
LOGIN = re.compile(r"[a-z0-9._%+'-]+(?:@[a-z0-9-]+(?:\.[a-z0-9-]+)*)?")
"""An e-mail address, or one word."""


class UnknownAccount(ServiceError):
    """There is no such account."""


class LoginTaken(ServiceError):
    """There is an account with this login already."""


class LoginWrong(ServiceError):
    """A login is an e-mail address or one word, of at most 120 characters."""


class NameMissing(ServiceError):
    """An account has a name, and a name that residents read."""


class RolesWrong(ServiceError):
    """An account has at least one role, and an administrator has no other: who hands out keys does not read along."""


class NotYourself(ServiceError):
    """Nobody blocks or changes the own account: another administrator does."""


def add_account(
    session: Session,
    town: Municipality,
    login: str,
    name: str,
    shown_as: str,
    roles: Collection[Role],
    password_hash: str,
    now: datetime,
    demo: bool = False,
) -> Account:
    """Somebody who may sign in. The password was made for him: he has a week to choose his own, but not in a `demo`."""
    login = login.strip().casefold()
    if len(login) > 120 or not LOGIN.fullmatch(login):
        raise LoginWrong
    if find_login(session, login) is not None:
        raise LoginTaken
    account = Account(
        municipality_id=town.id,
        login=login,
        password_hash=password_hash,
        one_time_until=None if demo else now + ONE_TIME_FOR,
        demo=demo,
        created_at=now,
    )
    name_account(account, name, shown_as)
    set_roles(account, roles)
    session.add(account)
    session.flush()
    return account


def list_accounts(session: Session, municipality_id: int) -> Sequence[Account]:
    """Of one municipality, by name; who is blocked comes last."""
    query = select(Account).where(Account.municipality_id == municipality_id)
    return session.scalars(query.order_by(Account.blocked_at.is_not(None), Account.name, Account.id)).all()


def get_account(session: Session, municipality_id: int, account_id: int, hold: bool = False) -> Account:
    """Raises UnknownAccount, also for one of another municipality. `hold`: nobody else changes it meanwhile."""
    query = select(Account).where(Account.municipality_id == municipality_id, Account.id == account_id)
    found = session.scalar(query.with_for_update() if hold else query)
    if found is None:
        raise UnknownAccount
    return found


def find_login(session: Session, login: str) -> Account | None:
    """A login is one in the whole installation, so no municipality is named."""
    return session.scalar(select(Account).where(Account.login == login.strip().casefold()))


def name_account(account: Account, name: str, shown_as: str) -> None:
    """`shown_as` is what residents read above a reply."""
    name, shown_as = " ".join(name.split())[:120], " ".join(shown_as.split())[:60]
    if not name or not shown_as:
        raise NameMissing
    account.name, account.shown_as = name, shown_as


def set_roles(account: Account, roles: Collection[Role]) -> None:
    chosen = set(roles)
    if not chosen or (Role.ADMINISTRATOR in chosen and len(chosen) > 1):
        raise RolesWrong
    account.roles = [role.value for role in Role if role in chosen]


def block_account(session: Session, account: Account, now: datetime) -> None:
    """From this moment on: open sessions end."""
    account.blocked_at = account.blocked_at or now
    end_sessions_of(session, account)


def unblock_account(account: Account) -> None:
    account.blocked_at = None


def reset_password(session: Session, account: Account, password_hash: str, now: datetime) -> None:
    """A password made by somebody else, to choose one's own with. Open sessions end."""
    account.password_hash = password_hash
    account.one_time_until = None if account.demo else now + ONE_TIME_FOR
    end_sessions_of(session, account)


def reset_second_factor(session: Session, account: Account) -> None:
    """For who lost the telephone. Open sessions end; at the next signing in it is set up anew."""
    take_second_factor_away(account)
    end_sessions_of(session, account)


def check_not_self(account_id: int, by: int) -> None:
    if account_id == by:
        raise NotYourself
