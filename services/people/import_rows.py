"""People out of another system, a row each: read as a whole, and told what is wrong in every row before any is kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from stdnum.nl import bsn

from db.models import Account, BenefitKind, Municipality, Person, Perspective, Role
from services.agenda.programmes import programmes_of
from services.calendar import day_here
from services.errors import ServiceError
from services.inviting.due import note_held
from services.people.person import add_person
from services.tidy import tidy

FACTS = ("client_number", "perspective", "benefit", "born_on", "caseworker")
LONGEST = 40
A_FEW = 500
"""Rows between two tellings of how far it is."""
SHOWN = 50
"""Lines with something wrong; who has more has made one mistake many times."""
FIRST = date(1900, 1, 1)


class ImportWrong(ServiceError):
    """Some rows cannot be read; nobody was added."""


@dataclass
class Reader:
    """Reads rows for one municipality and collects what is wrong, with the number of its line."""

    town: Municipality
    caseworkers: Mapping[str, int]
    there: set[str]
    today: date
    wrong: list[str] = field(default_factory=list)
    numbers: int = 0
    like_bsn: int = 0

    def read(self, line: int, row: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, date]]:
        number = tidy(row.get("client_number") or "")
        facts = {
            "client_number": self._number(line, number),
            "perspective": self._word(line, "perspective", row, Perspective, None),
            "benefit": self._word(line, "benefit", row, BenefitKind, BenefitKind.ALGEMEEN),
            "born_on": self._day(line, "born_on", row.get("born_on")),
            "caseworker_id": self._caseworker(line, row.get("caseworker")),
        }
        held = {key: self._day(line, key, row.get(key)) for key in programmes_of(self.town)}
        return facts, {key: day for key, day in held.items() if day is not None}

    def head(self, names: Iterable[str]) -> None:
        """A mistyped column is refused, not passed over."""
        known = {*FACTS, *programmes_of(self.town)}
        for name in names:
            if name not in known:
                self.wrong.append(f"line 1: {name}: no such column; there are {', '.join(sorted(known))}")
        if "client_number" not in names:
            self.wrong.append("line 1: client_number: is missing")

    def close(self) -> None:
        """One in eleven numbers of nine digits passes the test of a BSN by chance; that most of them do is none."""
        if 2 * self.like_bsn > self.numbers:
            self.wrong.append("client_number: these look like BSNs, which are not kept; use the number of the case")

    def _number(self, line: int, number: str) -> str:
        if not number or len(number) > LONGEST:
            self._tell(line, "client_number", f"has to have 1 to {LONGEST} characters")
        elif number in self.there:
            self._tell(line, "client_number", f"'{number}' is there already")
        self.there.add(number)
        self.numbers, self.like_bsn = self.numbers + 1, self.like_bsn + bsn.is_valid(number)
        return number

    def _word[W: (Perspective, BenefitKind)](
        self, line: int, name: str, row: Mapping[str, str], words: type[W], otherwise: W | None
    ) -> W | None:
        said = (row.get(name) or "").strip().casefold()
        if not said:
            return otherwise
        if said not in {word.value for word in words}:
            self._tell(line, name, f"'{said}' is none of {', '.join(word.value for word in words)}")
            return otherwise
        return words(said)

    def _day(self, line: int, name: str, said: str | None) -> date | None:
        said = (said or "").strip()
        if not said:
            return None
        try:
            day = date.fromisoformat(said)
        except ValueError:
            self._tell(line, name, f"'{said}' is no day; write it as 2026-11-23")
            return None
        if not FIRST <= day <= self.today:
            self._tell(line, name, f"{said} is still to come, or very long ago")
        return day

    def _caseworker(self, line: int, login: str | None) -> int | None:
        login = (login or "").strip().casefold()
        if login and login not in self.caseworkers:
            self._tell(line, "caseworker", f"there is no caseworker '{login}' here; `trede user list` shows them")
        return self.caseworkers.get(login)

    def _tell(self, line: int, name: str, what: str) -> None:
        self.wrong.append(f"line {line}: {name}: {what}")


def import_people(
    session: Session,
    town: Municipality,
    names: Iterable[str],
    rows: Iterable[tuple[int, Mapping[str, str]]],
    now: datetime,
    told: Callable[[int], None] = lambda _number: None,
) -> int:
    """How many were added. Raises ImportWrong with everything that is wrong; then nobody was. `told` hears how far."""
    reader = open_reader(session, town, now)
    reader.head(list(names))
    read = [] if reader.wrong else [reader.read(line, row) for line, row in rows]
    reader.close()
    if reader.wrong:
        raise ImportWrong("\n".join([*reader.wrong[:SHOWN], *_more(len(reader.wrong) - SHOWN), "Nobody was added."]))
    for number, (facts, held) in enumerate(read, 1):
        person = add_person(session, town.id, facts.pop("client_number"), now, **facts)
        for programme, day in held.items():
            note_held(session, person, programme, day, now)
        if number % A_FEW == 0:
            told(number)
    return len(read)


def open_reader(session: Session, town: Municipality, now: datetime) -> Reader:
    accounts = session.scalars(select(Account).where(Account.municipality_id == town.id, Account.blocked_at.is_(None)))
    caseworkers = {one.login: one.id for one in accounts if one.may(Role.CASEWORKER)}
    there = session.scalars(select(Person.client_number).where(Person.municipality_id == town.id))
    return Reader(town, caseworkers, set(there), day_here(now))


def _more(number: int) -> list[str]:
    return [f"... and {number} more"] if number > 0 else []
