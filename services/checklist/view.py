"""A list as a page shows it, to the resident and to the caseworker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from benefits.figures import Figures
from services.answer_topic import explain_more
from services.calendar import day_and_time, in_words
from services.checklist.entries import Entry, start_among
from services.checklist.tell import says_weeks, when
from services.checklist.things import allowances_term
from services.errors import UnknownTopic
from services.phrases import Phrases
from services.words import ShownFigure, Words


@dataclass(frozen=True)
class Row:
    """One thing, in words."""

    key: str
    number: int
    short: str
    text: str
    who: str
    when: str
    done: bool
    remind_at: str | None
    reminded_at: str | None
    due_on: date | None
    explained: Words | None
    """What its topic says of it; None when there is no such topic."""


@dataclass(frozen=True)
class Part:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheet:
    parts: tuple[Part, ...]
    done: int
    of: int
    start: date | None
    term: ShownFigure | None
    """The term that stands behind a day or in the words."""
    kept_until: str | None


def sheet_of(
    session: Session,
    figures: Figures,
    phrases: Phrases,
    entries: Sequence[Entry],
    today: date,
    needed_until: datetime | None = None,
) -> Sheet:
    """`entries` are those of one list, in their order."""
    term = allowances_term(figures, today)
    rows = [_row(session, figures, phrases, n, entry, term, today) for n, entry in enumerate(entries, 1)]
    parts = [
        Part(
            phrases.say(title),
            tuple(row for row, entry in zip(rows, entries, strict=True) if entry.before_start is is_),
        )
        for title, is_ in (("checklist_before", True), ("checklist_after", False))
    ]
    return Sheet(
        parts=tuple(part for part in parts if part.rows),
        done=sum(entry.done for entry in entries),
        of=len(entries),
        start=start_among(entries),
        term=term if any(says_weeks(entry) for entry in entries) else None,
        kept_until=in_words(needed_until.date(), phrases.language) if needed_until else None,
    )


def _row(
    session: Session,
    figures: Figures,
    phrases: Phrases,
    number: int,
    entry: Entry,
    term: ShownFigure | None,
    today: date,
) -> Row:
    return Row(
        key=entry.key,
        number=number,
        short=phrases.say(f"checklist.{entry.key}.short"),
        text=phrases.say(f"checklist.{entry.key}.text"),
        who=phrases.say(f"checklist.{entry.key}.who"),
        when=when(phrases, entry, term, today),
        done=entry.done,
        remind_at=_moment(entry.remind_at, phrases),
        reminded_at=_moment(entry.reminded_at, phrases),
        due_on=entry.due_on,
        explained=_explained(session, figures, phrases, entry, today),
    )


def _explained(session: Session, figures: Figures, phrases: Phrases, entry: Entry, today: date) -> Words | None:
    for name in entry.thing.topics:
        try:
            return explain_more(session, figures, phrases, name, today)
        except UnknownTopic:
            continue
    return None


def _moment(moment: datetime | None, phrases: Phrases) -> str | None:
    return day_and_time(moment, phrases.language) if moment else None
