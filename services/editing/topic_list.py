"""All topics as an editor sees them: what each is about, and what asks for attention."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from benefits.errors import FigureError
from benefits.figures import Figures
from db.models import AnswerRevision, Certainty, Example, Topic, TopicKind
from services.answer_periods import in_force, periods
from services.content.check_text import KNOWN_VALUES
from services.fill import placeholders, show_figure
from services.municipalities import library, scope


@dataclass(frozen=True)
class TopicRow:
    name: str
    section: str
    kind: TopicKind
    certainty: Certainty
    question: str
    label: str
    examples: int
    checked_on: date | None
    """Of the text of today; None: nothing holds today."""
    planned_from: date | None
    """When the next text begins."""
    ends_on: date | None
    """The last day with an answer; None: it stays."""
    ended_figures: tuple[str, ...]
    """Figures in the text of today of which the time is over."""
    own: bool
    """A text of the municipality itself instead of the national one."""
    towns: int
    """So many municipalities have a text of their own; 0 for whoever is not of the library."""


def list_topics(
    session: Session, figures: Figures, municipality_id: int, today: date, search: str = ""
) -> list[TopicRow]:
    """By section and question. `search`: in questions, answers and examples, or the name."""
    owner = library(session).id
    query = (
        select(Topic)
        .where(Topic.municipality_id.in_(scope(session, municipality_id)), Topic.set_aside_at.is_(None))
        .options(selectinload(Topic.revisions))
    )
    # The own topic comes last and so wins.
    rows = sorted(session.scalars(query), key=lambda topic: topic.municipality_id == municipality_id)
    numbers = _numbers_of_examples(session, owner)
    towns = _own_texts(session, owner) if municipality_id == owner else Counter[str]()
    found = _by_examples(session, owner, search) if search else frozenset[str]()
    topics = [t for t in {t.name: t for t in rows}.values() if not search or t.name in found or _holds(t, search)]
    listed = [
        _row(topic, figures, today, numbers[topic.name], topic.municipality_id != owner, towns[topic.name])
        for topic in topics
    ]
    return sorted(listed, key=lambda row: (row.section, row.question.casefold()))


def questions(session: Session, municipality_id: int) -> dict[str, str]:
    """What topics are called on a page, by name; in the order of the questions."""
    query = select(Topic.name, Topic.question, Topic.municipality_id).where(
        Topic.municipality_id.in_(scope(session, municipality_id)), Topic.set_aside_at.is_(None)
    )
    rows = sorted(session.execute(query).all(), key=lambda row: row.municipality_id == municipality_id)
    found = {name: question["nl"] for name, question, _ in rows}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


def ended_figures(revision: AnswerRevision, figures: Figures, on: date) -> tuple[str, ...]:
    """Names of the figures in this text that are over on that day, or have no value then."""
    asked = dict.fromkeys(
        (name, day) for text in revision.texts.values() for said in text.values() for name, day in placeholders(said)
    )
    return tuple(name for name, day in asked if name not in KNOWN_VALUES and _is_over(figures, name, day or on))


def _is_over(figures: Figures, name: str, on: date) -> bool:
    try:
        return show_figure(figures, name, on).stale
    except FigureError:
        return True


def _row(topic: Topic, figures: Figures, today: date, examples: int, own: bool, towns: int) -> TopicRow:
    now = in_force(topic.revisions, today)
    told = periods(topic.revisions)
    last = told[-1] if told else None
    return TopicRow(
        name=topic.name,
        section=topic.section,
        kind=topic.kind,
        certainty=topic.certainty,
        question=topic.question["nl"],
        label=topic.label["nl"],
        examples=examples,
        checked_on=now.checked_on if now else None,
        planned_from=next((one.first for one in told if one.revision and one.first > today), None),
        ends_on=last.last if last else None,
        ended_figures=ended_figures(now, figures, today) if now else (),
        own=own,
        towns=towns,
    )


def _holds(topic: Topic, search: str) -> bool:
    return any(search.casefold() in said.casefold() for said in _said(topic))


def _said(topic: Topic) -> Iterable[str]:
    yield from (topic.name, *topic.question.values(), *topic.label.values())
    for revision in topic.revisions:
        if revision.withdrawn_at is None:
            yield from (said for text in revision.texts.values() for said in text.values())


def _numbers_of_examples(session: Session, owner: int) -> Counter[str]:
    query = select(Topic.name, func.count(Example.id)).join(Example).where(Topic.municipality_id == owner)
    return Counter(dict(session.execute(query.group_by(Topic.name)).all()))


def _own_texts(session: Session, owner: int) -> Counter[str]:
    query = select(Topic.name).where(Topic.municipality_id != owner, Topic.set_aside_at.is_(None))
    return Counter(session.scalars(query))


def _by_examples(session: Session, owner: int, search: str) -> frozenset[str]:
    query = select(Topic.name).join(Example).where(Topic.municipality_id == owner)
    return frozenset(session.scalars(query.where(Example.text.icontains(search, autoescape=True))))
