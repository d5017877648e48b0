"""The accounts of the example: made at the first run of a trial, their passwords told once and written nowhere."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.prepare import Tell
from cli.wiring import Wiring, now
from db.models import Account, Municipality, Role
from services.accounts import add_account
from services.audit import note
from services.municipalities import library, list_municipalities
from services.passwords import Made, make_password

NAMES = ("Sanne", "Joris", "Mila", "Daan")
WHAT = {Role.CASEWORKER: "klantmanager", Role.EDITOR: "redacteur", Role.ADMINISTRATOR: "beheerder"}


@dataclass(frozen=True)
class Wanted:
    town: Municipality
    role: Role
    shown_as: str

    @property
    def login(self) -> str:
        return f"{WHAT[self.role]}@{self.town.slug}"


def make_demo_accounts(wiring: Wiring, tell: Tell) -> None:
    """Only where nobody has an account yet, where there are municipalities of the example, and where only this machine
    or this network can come: to what stands on the internet people are let in one by one (`trede user add`)."""
    with wiring.database.reading() as session:
        if session.scalar(select(Account.id).limit(1)) is not None:
            return
        wanted = _wanted(session)
    if wiring.settings.secure or not wanted:
        tell("Medewerkers: nog geen accounts. Maak de eerste beheerder met `trede user add`.")
        return
    made = [make_password() for _ in wanted]
    if _add(wiring, wanted, made):
        _tell(wanted, made, tell)


def _wanted(session: Session) -> list[Wanted]:
    """Somebody who takes over chats in each of them, an editor for all, and an administrator of the first."""
    towns = [town for town in list_municipalities(session) if town.example]
    if not towns:
        return []
    first = next((town for town in towns if town.slug == "heerenveen"), towns[0])
    return [
        *(Wanted(town, Role.CASEWORKER, name) for town, name in zip(towns, NAMES, strict=False)),
        Wanted(library(session), Role.EDITOR, "Redactie"),
        Wanted(first, Role.ADMINISTRATOR, "Beheer"),
    ]


def _add(wiring: Wiring, wanted: list[Wanted], made: list[Made]) -> bool:
    """All of them, or none when another process was before us."""
    with wiring.database.writing() as session:
        session.get_one(Municipality, library(session).id, with_for_update=True)
        if session.scalar(select(Account.id).limit(1)) is not None:
            return False
        for one, password in zip(wanted, made, strict=True):
            name = f"{WHAT[one.role].capitalize()} {one.town.name}"
            account = add_account(
                session, one.town, one.login, name, one.shown_as, [one.role], password.hash, now(), demo=True
            )
            note(session, one.town.id, None, "add_account", f"account {account.id}", now(), roles=account.roles)
        return True


def _tell(wanted: list[Wanted], made: list[Made], tell: Tell) -> None:
    tell("")
    tell("Voorbeeld-accounts voor medewerkers. U ziet deze wachtwoorden maar één keer:")
    width = max(len(one.login) for one in wanted)
    for one, password in zip(wanted, made, strict=True):
        tell(f"  {one.login:{width}}  {password.text}")
    tell("Kwijt? `trede user reset LOGIN` geeft een nieuw wachtwoord.")
    tell("")
