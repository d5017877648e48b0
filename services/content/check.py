"""What is wrong with the content: what would mislead, and what would not be understood."""

from collections.abc import Collection, Iterator
from datetime import date

from benefits.figures import Figures
from db.models import TopicKind
from services.content.check_text import KNOWN_VALUES, check_text, stray_braces
from services.content.faults import Fault, FaultKind
from services.content.forms import LANGUAGES, Answer, OwnTextFile, TopicFile
from services.content.hard_words import hard_words
from services.content.language import MOST_WORDS_IN_A_MESSAGE, faults, words
from services.content.links import is_good_link
from services.content.notation import notation
from services.content.programmes import ProgrammeForm
from services.content.read import Content
from services.fill import placeholders
from services.masking import mask
from services.tidy import tidy

LEAST_EXAMPLES = {
    TopicKind.FAQ: {"nl": 40, "en": 12},
    TopicKind.TASK: {"nl": 40, "en": 12},
    TopicKind.REDIRECT: {"nl": 20, "en": 8},
}
"""What is not ours has only to be told from what is."""
SAID_VALUES = {
    "vraag", "datum", "wat", "tijd", "naam", "cijfers", "jaren", "alleen", "samen", "uren", "bedrag",
}  # fmt: skip


OTHER_LANGUAGES = "language_words."
"""Phrases in a language that nobody here speaks with residents: the rules of Dutch say nothing about them."""


def check_content(content: Content, figures: Figures, today: date) -> list[Fault]:
    """All faults, each with the place where it stands; empty when nothing is to be said about the content."""
    names = [topic.id for topic in content.topics]
    found = [
        Fault(FaultKind.TWICE, "this id stands in two files", (name, name), name)
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    for topic in content.topics:
        found += [fault.at(f"{topic.id}: {fault.where}") for fault in _topic_faults(topic, set(names), figures, today)]
    for town in content.municipalities:
        for programme in town.programmes:
            where = f"{town.slug}: programmes.{programme.key}"
            found += [fault.at(f"{where}.{fault.where}") for fault in programme_faults(programme)]
    for slug, own in content.own:
        found += [fault.at(f"own/{slug}/{own.id}: {fault.where}") for fault in _own_faults(own, names, figures, today)]
    for key, phrase in content.phrases.items():
        for language in LANGUAGES:
            text = getattr(phrase, language) or ""
            spoken = () if key.startswith(OTHER_LANGUAGES) else faults(text, language)
            found += [fault.at(f"{key}.{language}") for fault in (*spoken, *_blanks(text))]
    return found + list(_repeated(content))


def programme_faults(programme: ProgrammeForm) -> Iterator[Fault]:
    """What a resident reads of a kind of conversation; `where` is the setting and the language."""
    for language in LANGUAGES:
        about = [getattr(programme.about, language)] if programme.about else []
        said = {"name": [getattr(programme.name, language)], "about": about}
        for setting, lines in (said | {"bring": getattr(programme.bring, language)}).items():
            for line in lines:
                yield from (fault.at(f"{setting}.{language}") for fault in (*faults(line, language), *braces(line)))


def braces(line: str) -> Iterator[Fault]:
    """Where nothing is filled in, any brace is one too many."""
    if "{" in line or "}" in line:
        yield Fault(FaultKind.STRAY_BRACE, "a brace: nothing is filled in here")


def _topic_faults(topic: TopicFile, names: set[str], figures: Figures, today: date) -> Iterator[Fault]:
    for name in topic.follow_up:
        if name not in names:
            yield Fault(FaultKind.UNKNOWN_TOPIC, f"there is no topic '{name}'", (name,), "follow_up")
    yield from _name_faults(topic)
    for language, least in LEAST_EXAMPLES[topic.kind].items():
        if (number := len(getattr(topic.examples, language))) < least:
            said = (str(number), str(least))
            yield Fault(FaultKind.FEW_EXAMPLES, f"{number}, at least {least} are needed", said, f"examples.{language}")
    if not any(a.valid_from <= today and (a.valid_to is None or a.valid_to >= today) for a in topic.answers):
        yield Fault(FaultKind.NO_ANSWER_NOW, f"none holds on {today}", (today.isoformat(),), "answers")
    for answer in topic.answers:
        where = f"answers.{answer.valid_from}"
        if topic.kind is TopicKind.FAQ and not answer.sources:
            yield Fault(FaultKind.NO_SOURCE, "an answer needs a source", where=where)
        if topic.kind is TopicKind.FAQ and not answer.nl.to_do:
            yield Fault(FaultKind.NO_WAY_ON, "does not tell what to do", where=f"{where}.nl.to_do")
        yield from (fault.at(f"{where}.{fault.where}") for fault in _answer_faults(answer, figures, today))


def _name_faults(topic: TopicFile) -> Iterator[Fault]:
    """The question and what stands on the button: in both languages, in plain words."""
    for part in ("question", "label"):
        for language in LANGUAGES:
            said: str | None = getattr(getattr(topic, part), language)
            if said is None:
                yield Fault(FaultKind.NO_ENGLISH, "is missing", where=f"{part}.{language}")
                continue
            found = (*hard_words(said, language), *notation(said, language))
            yield from (fault.at(f"{part}.{language}") for fault in found)


def _own_faults(own: OwnTextFile, names: Collection[str], figures: Figures, today: date) -> Iterator[Fault]:
    if own.id not in names:
        yield Fault(FaultKind.UNKNOWN_TOPIC, f"there is no topic '{own.id}'", (own.id,), "id")
    for answer in own.answers:
        where = f"answers.{answer.valid_from}"
        yield from (fault.at(f"{where}.{fault.where}") for fault in _answer_faults(answer, figures, today))


def _answer_faults(answer: Answer, figures: Figures, today: date) -> Iterator[Fault]:
    for number, source in enumerate(answer.sources):
        if not is_good_link(address := str(source.url)):
            yield Fault(FaultKind.BAD_SOURCE, f"not an address: {address}", (address,), f"sources.{number}")
    for language in LANGUAGES:
        text = getattr(answer, language)
        if text is None:
            yield Fault(FaultKind.NO_ENGLISH, "is missing", where=language)
            continue
        read, on = "", max(answer.valid_from, today)
        for place in ("answer", "to_do", "more", "why"):
            said = getattr(text, place) or ""
            yield from (fault.at(f"{language}.{place}") for fault in check_text(said, language, figures, on, read))
            read += f" {said}"
        yield from (f.at(f"{language}.answer") for f in too_many_words(text.answer, text.to_do))


def too_many_words(answer: str, to_do: str | None) -> Iterator[Fault]:
    """The two are one message. One of them alone that is too long was told of itself."""
    numbers = [len(words(text or "")) for text in (answer, to_do)]
    if sum(numbers) > MOST_WORDS_IN_A_MESSAGE >= max(numbers):
        yield Fault(FaultKind.LONG_MESSAGE, f"a message of {sum(numbers)} words", (str(sum(numbers)),))


def _blanks(text: str) -> Iterator[Fault]:
    """A sentence of the chat is filled with what the municipality and the chat know, and with nothing else."""
    yield from stray_braces(text)
    for name, day in placeholders(text):
        if day is not None or name not in KNOWN_VALUES | SAID_VALUES:
            yield Fault(FaultKind.NOTHING_FILLS, f"nothing fills {{{name}}}", (name,))


def same_line(text: str) -> str:
    """Equal for lines that teach the same: capitals and the sign at the end make no difference."""
    return tidy(text).casefold().strip(" .!?")


def _repeated(content: Content) -> Iterator[Fault]:
    """The same example twice, or in two topics; and examples that hold personal data."""
    seen: dict[str, str] = {}
    for topic in content.topics:
        for language in LANGUAGES:
            for text in getattr(topic.examples, language):
                line = same_line(text)
                if line in seen:
                    message = f"example '{text}' stands in {seen[line]} too"
                    yield Fault(FaultKind.TWICE, message, (text, seen[line]), topic.id)
                seen.setdefault(line, topic.id)
                if mask(text).kinds:
                    yield Fault(FaultKind.PERSONAL_DATA, f"example '{text}' holds personal data", (text,), topic.id)
