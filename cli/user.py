"""`trede user ...`: accounts of the staff, for who runs the machine."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.prepare import prepare_database
from cli.wiring import Wiring, now
from db.models import Account, Municipality, Role
from db.models.municipality import LIBRARY
from services.accounts import (
    UnknownAccount,
    add_account,
    block_account,
    find_login,
    reset_password,
    reset_second_factor,
    unblock_account,
)
from services.audit import note
from services.municipalities import find_municipality, library
from services.passwords import make_password


def add(wiring: Wiring, slug: str, login: str, name: str, roles: list[Role], shown_as: str | None) -> None:
    """A password is made, told here once, and good for a week: with it one chooses one's own."""
    made = make_password()
    with _writing(wiring) as session:
        town = library(session) if slug == LIBRARY else find_municipality(session, slug)
        shown = shown_as or name.split(maxsplit=1)[0] if name.split() else ""
        account = add_account(session, town, login, name, shown, roles, made.hash, now())
        _note(session, account, "add_account", roles=account.roles)
    _tell(wiring, account, made.text)


def show(wiring: Wiring, slug: str | None) -> None:
    query = select(Account, Municipality).join(Municipality, Municipality.id == Account.municipality_id)
    if slug is not None:
        query = query.where(Municipality.slug == slug)
    with _writing(wiring) as session:
        rows = session.execute(query.order_by(Municipality.slug, Account.login)).all()
    for account, town in rows:
        state = "geblokkeerd" if account.blocked_at else "code uit app" if account.totp_since else "nog geen code"
        click.echo(f"{account.login:40} {town.slug:24} {','.join(account.roles):26} {state}")


def block(wiring: Wiring, login: str) -> None:
    with _writing(wiring) as session:
        account = _find(session, login)
        block_account(session, account, now())
        _note(session, account, "block_account")
    click.echo(f"{account.login} is geblokkeerd; open sessies zijn gestopt.")


def unblock(wiring: Wiring, login: str) -> None:
    with _writing(wiring) as session:
        account = _find(session, login)
        unblock_account(account)
        _note(session, account, "unblock_account")
    click.echo(f"{account.login} mag weer inloggen.")


def reset(wiring: Wiring, login: str, second_factor: bool) -> None:
    made = make_password()
    with _writing(wiring) as session:
        account = _find(session, login)
        reset_password(session, account, made.hash, now())
        _note(session, account, "reset_password")
        if second_factor:
            reset_second_factor(session, account)
            _note(session, account, "reset_second_factor")
    _tell(wiring, account, made.text)


@contextmanager
def _writing(wiring: Wiring) -> Iterator[Session]:
    """On a new machine this may be the very first command."""
    prepare_database(wiring, lambda _line: None)
    with wiring.database.writing() as session:
        yield session


def _find(session: Session, login: str) -> Account:
    found = find_login(session, login)
    if found is None:
        raise UnknownAccount(f"There is no account '{login}'; `trede user list` shows them.")
    return found


def _note(session: Session, account: Account, deed: str, **detail: object) -> None:
    """By nobody who has an account: whoever may run commands on this machine."""
    note(session, account.municipality_id, None, deed, f"account {account.id}", now(), by="terminal", **detail)


def _tell(wiring: Wiring, account: Account, password: str) -> None:
    settings = wiring.settings
    address = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    click.echo(f"gebruikersnaam  {account.login}\nwachtwoord      {password}\nportaal         {address}/portal/")
    if account.one_time_until is not None:
        click.echo(f"Dit wachtwoord werkt tot {account.one_time_until:%Y-%m-%d}. U ziet het nu voor het laatst.")
