"""Answer a topic: the revision that holds today, with today's figures, its sources and its buttons."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from benefits.errors import FigureNotKnown
from benefits.figures import Figures
from db.models import AnswerRevision, Topic, TopicKind
from services.answer_periods import in_force
from services.calendar import in_words
from services.errors import UnknownTopic
from services.fill import Filled, fill
from services.municipalities import OWNERS
from services.phrases import DEFAULT_LANGUAGE, Phrases
from services.words import Button, Words

MOST_BUTTONS = 4
HUMAN = "talk_to_human"
MORE = "more_explanation"
EXPLANATION, REASON = ("more", "answer"), ("why", "more", "answer")
"""Parts of a text by what somebody asks for; the first one that was written is told."""
ANSWERS = (TopicKind.FAQ, TopicKind.REDIRECT)
"""What can be right or wrong; a greeting or the beginning of a form cannot."""

_OF_THAT_NAME = (
    Topic.name.in_(bindparam("names", expanding=True)),
    Topic.municipality_id.in_(OWNERS),
    Topic.set_aside_at.is_(None),
)
_BY_NAME = select(Topic).where(*_OF_THAT_NAME).options(joinedload(Topic.revisions))
_LABELS = select(Topic.name, Topic.label, Topic.municipality_id).where(*_OF_THAT_NAME)


def answer_topic(session: Session, figures: Figures, phrases: Phrases, name: str, on: date) -> Words:
    """The answer of topic `name` on day `on`; when nothing certain holds on that day, that. Raises UnknownTopic."""
    topic = find_topic(session, phrases.municipality.id, name)
    return answer_with(session, figures, phrases, topic, in_force(topic.revisions, on), on)


def explain_more(session: Session, figures: Figures, phrases: Phrases, name: str, on: date) -> Words:
    """The longer explanation behind 'Meer uitleg'. Raises UnknownTopic."""
    topic = find_topic(session, phrases.municipality.id, name)
    return explain_with(session, figures, phrases, topic, in_force(topic.revisions, on), on)


def explain_why(session: Session, figures: Figures, phrases: Phrases, name: str, on: date) -> Words:
    """Why it is so; the longer explanation where nobody has written that. Raises UnknownTopic."""
    topic = find_topic(session, phrases.municipality.id, name)
    return explain_with(session, figures, phrases, topic, in_force(topic.revisions, on), on, REASON)


def answer_with(
    session: Session, figures: Figures, phrases: Phrases, topic: Topic, revision: AnswerRevision | None, on: date
) -> Words:
    """What a resident reads of this revision on that day; it need not be on record yet."""
    if revision is None:
        return _nothing_certain(topic, phrases)
    text = text_in(revision, phrases.language)
    try:
        filled = fill(
            "\n\n".join(t for t in (text["answer"], text.get("to_do")) if t), figures, on, phrases.values_on(on)
        )
    except FigureNotKnown:
        return _nothing_certain(topic, phrases)
    more = _more_button(topic, text, phrases)
    return _words(topic, revision, phrases, filled, [*more, *follow_up_buttons(session, topic, phrases)])


def explain_with(
    session: Session, figures: Figures, phrases: Phrases, topic: Topic, revision: AnswerRevision | None, on: date,
    parts: Sequence[str] = EXPLANATION,
) -> Words:  # fmt: skip
    """As `answer_with`, of the first of these parts."""
    if revision is None:
        return _nothing_certain(topic, phrases)
    text = text_in(revision, phrases.language)
    try:
        part = next(part for part in parts if text.get(part))
        filled = fill(text[part], figures, on, phrases.values_on(on))
    except FigureNotKnown:
        return _nothing_certain(topic, phrases)
    more = _more_button(topic, text, phrases) if part == "why" else []
    return _words(topic, revision, phrases, filled, [*more, *follow_up_buttons(session, topic, phrases)])


def find_topic(session: Session, municipality_id: int, name: str) -> Topic:
    """The municipality's own topic of that name, unless it was set aside; otherwise the library's."""
    rows = session.scalars(_BY_NAME, {"names": (name,), "town": municipality_id})
    found = sorted(rows.unique(), key=lambda topic: topic.municipality_id != municipality_id)
    if not found:
        raise UnknownTopic(f"There is no topic '{name}'.")
    return found[0]


def follow_up_buttons(session: Session, topic: Topic, phrases: Phrases) -> list[Button]:
    """At most three topics that people ask next, and a person behind them."""
    return [*topic_buttons(session, phrases, topic.follow_up[:3])]


def topic_buttons(session: Session, phrases: Phrases, names: Sequence[str]) -> list[Button]:
    """A button for each of these topics that exists, in this order."""
    rows = session.execute(_LABELS, {"names": names, "town": phrases.municipality.id})
    own_last = sorted(rows, key=lambda row: row[2] == phrases.municipality.id)
    labels = {name: label.get(phrases.language) or label[DEFAULT_LANGUAGE] for name, label, _ in own_last}
    return [Button(labels[name], f"/{name}") for name in names if name in labels]


def human_button(phrases: Phrases) -> Button:
    return Button(phrases.say("button_human"), f"/{HUMAN}")


def _more_button(topic: Topic, text: Mapping[str, str], phrases: Phrases) -> list[Button]:
    return [Button(phrases.say("button_more"), more_payload(topic.name))] if text.get("more") else []


def more_payload(name: str) -> str:
    return f'/{MORE}{{"topic": "{name}"}}'


def text_in(revision: AnswerRevision, language: str) -> dict[str, str]:
    """Dutch stands in for a language it was not written in."""
    return revision.texts.get(language) or revision.texts[DEFAULT_LANGUAGE]


def _words(topic: Topic, revision: AnswerRevision, phrases: Phrases, filled: Filled, buttons: list[Button]) -> Words:
    others = [b for b in buttons if b.payload != f"/{HUMAN}"][: MOST_BUTTONS - 1]
    person = [] if topic.name == HUMAN else [human_button(phrases)]
    return Words(
        text="\n\n".join([filled.text, *_warnings(topic, revision, phrases, filled)]),
        topic=topic.name,
        buttons=(*others, *person),
        sources=tuple(revision.sources),
        figures=filled.figures,
        revision=revision.id,
        checked_on=revision.checked_on.isoformat(),
        to_judge=topic.kind in ANSWERS,
    )


def _nothing_certain(topic: Topic, phrases: Phrases) -> Words:
    """Right or silent: no answer of another day, and no amount that nobody knows."""
    return Words(phrases.say("answer_not_valid_now"), topic=topic.name, buttons=(human_button(phrases),))


def _warnings(topic: Topic, revision: AnswerRevision, phrases: Phrases, filled: Filled) -> list[str]:
    """A figure whose time is over, another language, and an answer that only the municipality can make sure."""
    ended = [f.valid_to for f in filled.figures if f.stale and f.valid_to]
    warnings = (
        [phrases.say("stale_figures", datum=in_words(date.fromisoformat(max(ended)), phrases.language))]
        if ended
        else []
    )
    # What the municipality wrote itself it need not confirm.
    if topic.certainty.asks_for_confirmation and topic.municipality_id != phrases.municipality.id:
        warnings.append(phrases.say("ask_municipality"))
    if phrases.language not in revision.texts:
        warnings.append(phrases.say("only_in_dutch"))
    return warnings
