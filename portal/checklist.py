"""The resident's list of what to arrange, as it stands above a conversation."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from benefits.figures import Figures
from db.models import Conversation, Municipality
from services.calendar import day_here
from services.checklist.entries import read_entries, start_among
from services.checklist.tell import when
from services.checklist.things import allowances_term
from services.phrases import DEFAULT_LANGUAGE, Phrases


@dataclass(frozen=True)
class Line:
    short: str
    when: str
    done: bool
    remind_at: datetime | None


@dataclass(frozen=True)
class Todo:
    lines: tuple[Line, ...]
    start: date | None
    """The first working day, if the resident told it."""

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)


def read_todo(session: Session, figures: Figures, conversation: Conversation, now: datetime) -> Todo | None:
    """None when no list was made."""
    entries = read_entries(session, conversation)
    if not entries:
        return None
    phrases = Phrases(session, session.get_one(Municipality, conversation.municipality_id), DEFAULT_LANGUAGE)
    today = day_here(now)
    term = allowances_term(figures, today)
    lines = [
        Line(
            short=phrases.say(f"checklist.{entry.key}.short"),
            when=when(phrases, entry, term, today),
            done=entry.done,
            remind_at=entry.remind_at,
        )
        for entry in entries
    ]
    return Todo(tuple(lines), start_among(entries))
