"""Every answer that ships can be given on every day around a change of figures, complete or with a visible warning."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from benefits.figures import load_figures
from db.models import Topic, TopicKind
from services.answer_topic import HUMAN, answer_topic, explain_more
from services.content.language import MOST_WORDS_IN_A_MESSAGE
from services.content.language import words as words_of
from services.content.read import read_content
from services.content.store import import_content
from services.phrases import Phrases
from services.words import Words
from tests.builders import CONTENT, build_database, build_municipality

DAYS = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 11, 22), date(2026, 12, 31), date(2027, 1, 1)]
LANGUAGES = ["nl", "en"]
ON_EVERY_DAY = pytest.mark.parametrize("day", DAYS, ids=str)
IN_EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
STALE = {"nl": "Let op: dit bedrag gold tot en met", "en": "Please note: this amount held up to and including"}
WARNINGS = (*STALE.values(), "Vraag uw gemeente om zekerheid", "Ask your municipality to be certain")


type Said = dict[tuple[str, date], list[tuple[str, TopicKind, Words]]]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """By language and day every answer and every explanation, as a municipality that filled in nothing says it."""
    database, figures = build_database(Path(tmp_path_factory.mktemp("shipped"))), load_figures()
    with database.writing() as session:
        import_content(session, read_content(CONTENT))
        town = build_municipality(session)
        topics = session.scalars(select(Topic).order_by(Topic.name)).all()
        speaking = {language: Phrases(session, town, language) for language in LANGUAGES}
        found: Said = {
            (language, day): [
                (topic.name, topic.kind, say(session, figures, speaking[language], topic.name, day))
                for topic in topics
                for say in (answer_topic, explain_more)
            ]
            for language in LANGUAGES
            for day in DAYS
        }
    database.close()
    return found


@ON_EVERY_DAY
@IN_EVERY_LANGUAGE
def test_every_answer_is_complete_and_short_or_says_that_nothing_is_certain(
    said: Said, language: str, day: date
) -> None:
    for name, _, words in said[language, day]:
        assert not re.search(r"[{}]", words.text), name
        assert words.buttons or name == HUMAN, name
        assert words_without_warnings(words.text) <= MOST_WORDS_IN_A_MESSAGE, (name, words.text)


def words_without_warnings(text: str) -> int:
    """What a municipality has still to fill in counts as one word."""
    paragraphs = re.sub(r"\[[^\]]+\]", "blank", text).split("\n\n")
    return len(words_of("\n".join(p for p in paragraphs if not p.startswith(WARNINGS))))


@ON_EVERY_DAY
@IN_EVERY_LANGUAGE
def test_a_figure_that_is_over_is_never_shown_without_a_warning(said: Said, language: str, day: date) -> None:
    for name, _, words in said[language, day]:
        over = [figure for figure in words.figures if figure.stale]

        assert bool(over) == (STALE[language] in words.text), name


def test_on_new_years_day_the_unknown_figures_are_marked_and_nothing_fails(said: Said) -> None:
    new_years_day = said["nl", date(2027, 1, 1)]
    marked = {name for name, _, words in new_years_day if STALE["nl"] in words.text}
    silent = {name for name, _, words in new_years_day if words.revision is None}

    assert "norm_amount" in marked
    assert silent == set()


@pytest.mark.parametrize("day", [date(2026, 7, 1), date(2026, 11, 22), date(2026, 12, 31)], ids=str)
def test_while_the_figures_are_known_no_answer_has_a_warning_of_age(said: Said, day: date) -> None:
    old = {name for name, _, words in said["nl", day] if STALE["nl"] in words.text}

    assert old == set()


def test_the_norm_changes_on_the_first_of_july(said: Said) -> None:
    before, after = (
        next(words.text for name, _, words in said["nl", day] if name == "norm_amount")
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    )

    assert "1.419,46" in after
    assert "1.419,46" not in before


def test_every_answer_names_its_source_and_when_it_was_checked(said: Said) -> None:
    for name, kind, words in said["nl", date(2026, 11, 22)]:
        assert words.sources or kind is not TopicKind.FAQ, name
        assert words.checked_on, name
