"""A text that is being written, and what is to be said about it before residents read it."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from benefits.errors import FigureError
from benefits.figures import Figures
from db.models import AnswerRevision, Topic, TopicKind
from services.answer_periods import ONE_DAY, periods
from services.content.check import too_many_words
from services.content.check_text import KNOWN_VALUES, check_text
from services.content.faults import Fault, FaultKind
from services.content.forms import LANGUAGES, MOST_CHARACTERS, Source
from services.content.links import is_good_link
from services.fill import placeholders, show_figure
from services.masking import mask
from services.tidy import tidy

PLACES = ("answer", "to_do", "more", "why")
DUTCH = "nl"


@dataclass(frozen=True)
class Draft:
    """`texts` by language and then by place; what is empty is left out."""

    texts: Mapping[str, Mapping[str, str]]
    valid_from: date
    valid_to: date | None
    sources: tuple[dict[str, str], ...]

    def as_revision(self, municipality_id: int) -> AnswerRevision:
        """Not on record: to be looked at, or to be added."""
        return AnswerRevision(
            municipality_id=municipality_id,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            sources=[dict(source) for source in self.sources],
            texts={language: dict(text) for language, text in self.texts.items() if text},
        )

    def says_the_same_as(self, revision: AnswerRevision) -> bool:
        own = self.as_revision(revision.municipality_id)
        return all(
            getattr(own, name) == getattr(revision, name) for name in ("valid_from", "valid_to", "sources", "texts")
        )


def tidy_text(typed: str) -> str:
    """As it will be read: blank lines between paragraphs stay, all else that cannot be seen goes."""
    return "\n\n".join(part for one in re.split(r"\n\s*\n", typed.replace("\r", "")) if (part := tidy(one)))


def draft_of(revision: AnswerRevision, valid_from: date) -> Draft:
    """To go on with: the same text from another first day. A last day that would be over by then is left out."""
    last = revision.valid_to if revision.valid_to and revision.valid_to >= valid_from else None
    return Draft(revision.texts, valid_from, last, tuple(revision.sources))


def check_draft(topic: Topic, draft: Draft, figures: Figures, today: date) -> list[Fault]:
    """The same that content files are checked for, and what only matters for a text that follows others."""
    return [
        *_period_faults(topic, draft, today),
        *_text_faults(draft, figures, max(draft.valid_from, today)),
        *_source_faults(topic, draft.sources),
    ]


def mark_of(warnings: Sequence[Fault]) -> str:
    """Another one for other warnings: a confirmation holds for what was seen, and for nothing that came later."""
    told = "\n".join(f"{fault.where} {fault.kind} {fault.said}" for fault in warnings)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _period_faults(topic: Topic, draft: Draft, today: date) -> Iterator[Fault]:
    if draft.valid_to is not None and draft.valid_to < draft.valid_from:
        yield Fault(FaultKind.TURNED_ROUND, "valid_to lies before valid_from", where="valid_to")
        return
    if draft.valid_from < today:
        yield Fault(FaultKind.IN_THE_PAST, "begins in the past", where="valid_from")
    holes = _days_without_answer([*topic.revisions, draft.as_revision(topic.municipality_id)], today)
    for first in holes - _days_without_answer(topic.revisions, today):
        yield Fault(FaultKind.NO_ANSWER_AFTER, f"no answer from {first}", (first.isoformat(),), "valid_to")


def _days_without_answer(revisions: Sequence[AnswerRevision], today: date) -> set[date]:
    """The first day of every time to come in which residents would read that nothing certain is known."""
    told = periods(revisions)
    holes = {period.first for period in told if period.revision is None and period.first >= today}
    end = told[-1].last if told else None
    return holes | ({end + ONE_DAY} if end else set())


def _text_faults(draft: Draft, figures: Figures, on: date) -> Iterator[Fault]:
    for language in LANGUAGES:
        text = draft.texts.get(language) or {}
        if not text.get("answer"):
            if text or language == DUTCH:
                yield Fault(FaultKind.EMPTY, "is empty", where=f"{language}.answer")
            else:
                yield Fault(FaultKind.NO_ENGLISH, "is missing", where=f"{language}.answer")
            continue
        read = ""
        for place in PLACES:
            found = _place_faults(text.get(place, ""), language, figures, on, read)
            yield from (fault.at(f"{language}.{place}") for fault in found)
            read += f" {text.get(place, '')}"
        yield from (fault.at(f"{language}.answer") for fault in too_many_words(text["answer"], text.get("to_do")))


def _place_faults(said: str, language: str, figures: Figures, on: date, before: str) -> Iterator[Fault]:
    if len(said) > MOST_CHARACTERS:
        yield Fault(FaultKind.TOO_LONG, f"more than {MOST_CHARACTERS} characters", (str(MOST_CHARACTERS),))
    found = list(check_text(said, language, figures, on, before))
    named = any(fault.kind is FaultKind.HAS_A_NAME for fault in found)
    # The stronger of two that say the same is enough.
    yield from (fault for fault in found if not (named and fault.kind is FaultKind.FIGURE_IN_PROSE))
    if kinds := mask(said).kinds:
        yield Fault(FaultKind.LOOKS_PERSONAL, f"holds {', '.join(kinds)}", kinds)
    for name, day in placeholders(said):
        yield from _ending(figures, name, day or on) if name not in KNOWN_VALUES else ()


def _ending(figures: Figures, name: str, on: date) -> Iterator[Fault]:
    try:
        figure = show_figure(figures, name, on)
    except FigureError:
        return  # told by check_text
    if figure.stale and figure.valid_to:
        yield Fault(FaultKind.FIGURE_ENDS, f"{name} ended on {figure.valid_to}", (name, figure.valid_to))


def _source_faults(topic: Topic, sources: Sequence[dict[str, str]]) -> Iterator[Fault]:
    if topic.kind is TopicKind.FAQ and not sources:
        yield Fault(FaultKind.NO_SOURCE, "an answer needs a source", where="sources")
    for place, source in enumerate(sources):
        if not _is_good_source(source):
            typed = " ".join(value for value in source.values() if value)
            yield Fault(FaultKind.BAD_SOURCE, f"not a source: {typed}", (typed,), f"sources.{place}")


def _is_good_source(source: dict[str, str]) -> bool:
    try:
        Source.model_validate(source)
    except ValidationError:
        return False
    return is_good_link(source["url"])
