"""What is wrong with the content: what would mislead, and what would not be understood."""

import re
from collections.abc import Iterator
from datetime import date

from benefits.errors import FigureError
from benefits.figures import Figures
from db.models import TopicKind
from services.content.forms import LANGUAGES, TopicFile
from services.content.language import faults
from services.content.read import Content
from services.fill import PLACEHOLDER, placeholders, show_figure
from services.masking import mask
from services.phrases import FACTS
from services.tidy import tidy

LEAST_EXAMPLES = {"nl": 25, "en": 6}
SAID_VALUES = {"vraag", "datum", "wat"}
KNOWN_VALUES = {"gemeente.naam", "gemeente.bewaardagen", *(f"gemeente.{name}" for name in FACTS)}


def check_content(content: Content, figures: Figures, today: date) -> list[str]:
    """All faults, each with the place where it stands; empty when the content may be used."""
    names = [topic.id for topic in content.topics]
    found = [f"{name}: this id stands in two files" for name in sorted({n for n in names if names.count(n) > 1})]
    for topic in content.topics:
        found += [f"{topic.id}: {fault}" for fault in _topic_faults(topic, set(names), figures, today)]
    for key, phrase in content.phrases.items():
        for language in LANGUAGES:
            text = getattr(phrase, language)
            found += [f"{key}.{language}: {fault}" for fault in (*faults(text or "", language), *_blanks(text or ""))]
    return found + list(_repeated(content))


def _topic_faults(topic: TopicFile, names: set[str], figures: Figures, today: date) -> Iterator[str]:
    yield from (f"follow_up: there is no topic '{name}'" for name in topic.follow_up if name not in names)
    for language, least in LEAST_EXAMPLES.items():
        number = len(getattr(topic.examples, language))
        if number < least:
            yield f"examples.{language}: {number}, at least {least} are needed"
    if not any(a.valid_from <= today and (a.valid_to is None or a.valid_to >= today) for a in topic.answers):
        yield f"answers: none holds on {today}"
    for answer in topic.answers:
        if topic.kind is TopicKind.FAQ and not answer.sources:
            yield f"answers.{answer.valid_from}: an answer needs a source"
        for language in LANGUAGES:
            text = getattr(answer, language)
            if text is None:
                yield f"answers.{answer.valid_from}.{language}: is missing"
                continue
            first = " ".join(t for t in (text.answer, text.to_do) if t)
            for place, said in (("answer", first), ("more", text.more or "")):
                where = f"answers.{answer.valid_from}.{language}.{place}"
                yield from (f"{where}: {fault}" for fault in faults(said, language))
                yield from (f"{where}: {fault}" for fault in _stray_braces(said))
                yield from (f"{where}: {fault}" for fault in _figure_faults(said, figures, answer.valid_from, today))


def _stray_braces(text: str) -> Iterator[str]:
    """Part of a placeholder that is not one: it would be shown as it stands."""
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield "a brace that belongs to no placeholder"


def _blanks(text: str) -> Iterator[str]:
    """A sentence of the chat is filled with what the municipality and the chat know, and with nothing else."""
    yield from _stray_braces(text)
    for name, day in placeholders(text):
        if day is not None or name not in KNOWN_VALUES | SAID_VALUES:
            yield f"nothing fills {{{name}}}"


def _figure_faults(text: str, figures: Figures, valid_from: date, today: date) -> Iterator[str]:
    """Every placeholder must have a value on the first day the answer is used."""
    for name, day in placeholders(text):
        if name in KNOWN_VALUES:
            continue
        try:
            show_figure(figures, name, day or max(valid_from, today))
        except FigureError as error:
            yield str(error)


def _repeated(content: Content) -> Iterator[str]:
    """The same example twice, or in two topics; and examples that hold personal data."""
    seen: dict[str, str] = {}
    for topic in content.topics:
        for language in LANGUAGES:
            for text in getattr(topic.examples, language):
                key = tidy(text).casefold().strip(" .!?")
                if key in seen:
                    yield f"{topic.id}: example '{text}' stands in {seen[key]} too"
                seen.setdefault(key, topic.id)
                if mask(text).kinds:
                    yield f"{topic.id}: example '{text}' holds personal data"
