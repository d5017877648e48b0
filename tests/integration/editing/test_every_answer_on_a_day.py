"""Every answer that ships, as an editor sees it before the turn of a half-year and after it, in each municipality."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from benefits.figures import Figures, load_figures
from db.models import Municipality, Topic, TopicKind
from services.content.read import read_content
from services.content.store import import_content
from services.editing.preview import Preview, preview
from services.municipalities import find_municipality, library
from tests.builders import CONTENT, build_database

TOWNS = ("groningen", "heerenveen", "pijnacker-nootdorp")
JUNE, JULY, DECEMBER, NEW_YEAR = date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1)
DAYS = (JUNE, JULY, DECEMBER, NEW_YEAR)
NOT_KNOWN_YET = {"nl": "Het nieuwe bedrag ken ik nog niet.", "en": "I do not know the new amount yet."}
BLANK = re.compile(r"[{}]|\*\*\s*\*\*|€(?!\s?\d)|\bNone\b|\bnull\b")

EXPECTED = [
    ("norm_amount", JUNE, "€ 1.401,50"),
    ("norm_amount", JULY, "€ 1.419,46"),
    ("norm_amount", JUNE, "€ 2.002,13"),
    ("norm_amount", DECEMBER, "€ 2.027,79"),
    ("young_18_20", JUNE, "€ 345,99"),
    ("young_18_20", JULY, "€ 350,42"),
    ("young_18_20", JUNE, "€ 746,45"),
    ("young_18_20", DECEMBER, "€ 762,24"),
    ("aow_aio", JUNE, "€ 1.564,69"),
    ("aow_aio", JULY, "€ 1.587,34"),
    ("minimum_wage", JUNE, "€ 14,71"),
    ("minimum_wage", JULY, "€ 14,99"),
    ("holiday_pay_benefit", JUNE, "5%"),
    ("holiday_pay_benefit", JULY, "4,8%"),
    ("exemption_25", DECEMBER, "25%"),
    ("exemption_25", NEW_YEAR, "15%"),
    ("exemption_single_parent", DECEMBER, "€ 177,66"),
    ("exemption_medical", DECEMBER, "€ 180,19"),
    ("kindgebonden_budget", DECEMBER, "7,6%"),
    ("kindgebonden_budget", NEW_YEAR, "8,05%"),
    ("buffer_budget", NEW_YEAR, "€ 1.000"),
]
"""Written out here, so that a figure that was put in for the wrong day, or shown in the wrong text, is noticed."""
GONE = [
    ("exemption_25", NEW_YEAR, "25%"),
    ("exemption_25", NEW_YEAR, "€ 285"),
    ("exemption_single_parent", NEW_YEAR, "€ 177,66"),
    ("exemption_medical", NEW_YEAR, "€ 180,19"),
    ("norm_amount", JULY, "€ 1.401,50"),
    ("holiday_pay_benefit", JULY, "5%"),
]


@dataclass(frozen=True)
class Seen:
    topic: str
    kind: TopicKind
    confirm: bool
    day: date
    town: str
    language: str
    look: Preview

    @property
    def texts(self) -> list[str]:
        said = [words.text for words in (self.look.words, self.look.more, self.look.why) if words]
        return [text.replace("\N{NO-BREAK SPACE}", " ") for text in said]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    database, figures = build_database(Path(tmp_path_factory.mktemp("days"))), load_figures()
    with database.writing() as session:
        import_content(session, read_content(CONTENT))
        towns = [find_municipality(session, slug) for slug in TOWNS]
        found = list(_looks(session, figures, towns))
    database.close()
    return found


def _looks(session: Session, figures: Figures, towns: list[Municipality]) -> Iterator[Seen]:
    """In the example towns in Dutch, and in the first of them in English too."""
    national = library(session).id
    query = select(Topic).where(Topic.municipality_id == national).options(selectinload(Topic.revisions))
    for topic, day, (town, language) in product(
        session.scalars(query).all(), DAYS, [*((town, "nl") for town in towns), (towns[0], "en")]
    ):
        look = preview(session, figures, town, topic, None, day, language)
        yield Seen(topic.name, topic.kind, topic.certainty.asks_for_confirmation, day, town.slug, language, look)


def test_every_topic_has_an_answer_on_each_of_these_days(seen: list[Seen]) -> None:
    assert len({one.topic for one in seen}) > 150
    assert {one.kind for one in seen} == set(TopicKind)
    assert [(one.topic, one.day) for one in seen if one.look.words is None or one.look.revision is None] == []


def test_no_answer_has_a_hole_where_a_figure_should_be(seen: list[Seen]) -> None:
    assert [(one.topic, one.day, text) for one in seen for text in one.texts if BLANK.search(text)] == []


def test_an_amount_that_is_over_is_said_to_be_over(seen: list[Seen]) -> None:
    for one in seen:
        for words in (one.look.words, one.look.more, one.look.why):
            over = words is not None and any(figure.stale for figure in words.figures)
            assert over == (words is not None and NOT_KNOWN_YET[one.language] in words.text), (one.topic, one.day)


def test_nothing_is_over_before_new_years_day(seen: list[Seen]) -> None:
    marked = {one.day for one in seen for text in one.texts if NOT_KNOWN_YET[one.language] in text}

    assert marked == {NEW_YEAR}


@pytest.mark.parametrize(("topic", "day", "shown"), EXPECTED)
def test_the_amount_is_that_of_the_day(seen: list[Seen], topic: str, day: date, shown: str) -> None:
    found = [" ".join(one.texts) for one in seen if (one.topic, one.day) == (topic, day)]

    assert len(found) == len(TOWNS) + 1
    assert all(re.search(rf"\*\*{re.escape(shown)}\*\*", text) for text in found)


@pytest.mark.parametrize(("topic", "day", "shown"), GONE)
def test_the_amount_of_before_is_gone(seen: list[Seen], topic: str, day: date, shown: str) -> None:
    found = [" ".join(one.texts) for one in seen if (one.topic, one.day) == (topic, day)]

    assert not any(re.search(rf"\*\*{re.escape(shown)}\*\*", text) for text in found)


def test_what_only_the_municipality_can_make_sure_says_so(seen: list[Seen]) -> None:
    asks = {"nl": "Vraag uw gemeente om zekerheid.", "en": "Ask your municipality to be certain."}
    unsure = [one for one in seen if one.confirm]

    assert len({one.topic for one in unsure}) > 20
    assert [one.topic for one in unsure if not all(asks[one.language] in text for text in one.texts)] == []
