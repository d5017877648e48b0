"""Before residents read it: the preview, the list, what is different, and what may stand between braces."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from benefits.figures import load_figures
from db.models import Example, Topic
from services.answer_topic import answer_topic, find_topic
from services.editing.differences import Change, differences
from services.editing.draft import Draft
from services.editing.preview import Preview, municipalities_to_preview, periods_with, preview
from services.editing.topic_list import TopicRow, list_topics
from services.editing.usable import usable_figures, usable_values, used_in
from services.municipalities import library
from services.phrases import Phrases
from tests.integration.editing.conftest import NEW_YEAR, Desk

AMOUNT = "U mag {pw_vermogensgrens.alleenstaande} hebben. Bel {gemeente.naam}."


def look(desk: Desk, draft: Draft | None, on: date | None = None, language: str = "nl") -> Preview:
    with desk.database.reading() as session:
        topic = find_topic(session, desk.editor.municipality_id, "wealth_limit")
        return preview(session, desk.figures, desk.town, topic, draft, on or desk.today, language)


def test_the_preview_is_exactly_what_a_resident_reads_after_saving(desk: Desk) -> None:
    draft = desk.draft(
        texts={
            "nl": {"answer": AMOUNT, "to_do": "Doe dit.", "more": "Meer.", "why": "Daarom."},
            "en": {"answer": "Yes."},
        }
    )
    seen = look(desk, draft)
    saved = desk.save(desk.editor, draft)

    with desk.database.reading() as session:
        words = answer_topic(session, desk.figures, Phrases(session, desk.town, "nl"), "wealth_limit", desk.today)
    assert seen.words is not None
    assert (seen.is_draft, seen.source) == (True, "Bron: artikel 34 Participatiewet · bedragen per 1 januari 2026")
    assert seen.words.text == words.text == "U mag **€\u00a08.000** hebben. Bel Voorbeeldstad.\n\nDoe dit."
    assert [(b.label, b.payload) for b in seen.words.buttons] == [(b.label, b.payload) for b in words.buttons]
    assert (seen.words.sources, seen.words.figures) == (words.sources, words.figures)
    assert (seen.more.text if seen.more else None, words.revision) == ("Meer.", saved.id)
    assert seen.why is not None
    assert seen.why.text == "Daarom."


def test_looking_changes_nothing(desk: Desk) -> None:
    old = desk.reads()
    look(desk, desk.draft("Iets anders."))

    assert desk.reads() == old


def test_on_a_day_with_another_text_that_one_is_shown(desk: Desk) -> None:
    planned = desk.save(desk.editor, desk.draft("Vanaf januari.", valid_from=NEW_YEAR))
    seen = look(desk, desk.draft("Nu."), on=NEW_YEAR)

    assert (seen.is_draft, seen.revision.id if seen.revision else None) == (False, planned.id)
    assert look(desk, desk.draft("Nu.")).is_draft
    with desk.database.reading() as session:
        told = periods_with(find_topic(session, desk.editor.municipality_id, "wealth_limit"), desk.draft("Nu."))
    assert [(one.first, one.revision.id if one.revision else None) for one in told[1:]] == [
        (desk.today, None),
        (NEW_YEAR, planned.id),
    ]


def test_a_day_without_answer_and_a_text_that_cannot_be_filled(desk: Desk) -> None:
    nothing = look(desk, None, on=date(2019, 1, 1))

    assert nothing.words is not None
    assert nothing.words.text.startswith("Hierover heb ik nu geen antwoord")
    assert look(desk, desk.draft("Het is {pw_niets}.")).words is None
    assert look(desk, desk.draft(texts={"en": {"answer": "Yes."}})).words is None


def test_a_figure_that_is_over_is_told_in_the_preview_as_a_resident_reads_it(desk: Desk) -> None:
    words = look(desk, desk.draft(AMOUNT), on=date(2029, 1, 1)).words

    assert words is not None
    assert "Let op" in words.text
    assert [figure.stale for figure in words.figures] == [True]


def test_the_library_looks_in_every_municipality_and_another_editor_in_the_own_one(desk: Desk) -> None:
    with desk.database.reading() as session:
        seen = [town.slug for town in municipalities_to_preview(session, desk.editor.municipality_id)]
        own = [town.slug for town in municipalities_to_preview(session, desk.anna.municipality_id)]

    assert (seen, own) == (["buurstad", "voorbeeldstad"], ["voorbeeldstad"])


def rows(desk: Desk, search: str = "", municipality_id: int = 0) -> dict[str, TopicRow]:
    with desk.database.reading() as session:
        owner = municipality_id or library(session).id
        return {row.name: row for row in list_topics(session, desk.figures, owner, desk.today, search)}


def test_the_list_tells_what_asks_for_attention(desk: Desk) -> None:
    with desk.database.writing() as session:
        topic = session.scalars(select(Topic).where(Topic.name == "wealth_limit")).one()
        topic.examples = [Example(municipality_id=topic.municipality_id, language="nl", text="spaargeld")]
    desk.save(desk.editor, desk.draft(AMOUNT))
    desk.save(desk.editor, desk.draft("Vanaf januari.", valid_from=NEW_YEAR))
    row = rows(desk)["wealth_limit"]

    assert (row.examples, row.planned_from, row.ends_on, row.ended_figures) == (1, NEW_YEAR, None, ())
    assert row.checked_on == desk.today
    desk.clock.forward(days=33)
    assert rows(desk)["wealth_limit"].planned_from == NEW_YEAR


def test_a_figure_that_has_run_out_is_told_in_the_list(desk: Desk) -> None:
    desk.save(desk.editor, desk.draft(AMOUNT))
    desk.clock.forward(days=800)

    assert rows(desk)["wealth_limit"].ended_figures == ("pw_vermogensgrens.alleenstaande",)
    assert rows(desk)["holiday_abroad"].ended_figures == ()


def test_own_texts_are_marked_there_and_counted_for_the_library(desk: Desk) -> None:
    desk.save(desk.anna)

    assert (rows(desk)["wealth_limit"].own, rows(desk)["wealth_limit"].towns) == (False, 1)
    assert [rows(desk, municipality_id=town.id)["wealth_limit"].own for town in (desk.town, desk.stranger)] == [
        True,
        False,
    ]
    assert rows(desk, municipality_id=desk.stranger.id)["wealth_limit"].towns == 0


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("vakantie", {"holiday_abroad"}),
        ("SPAARGELD", {"wealth_limit", "holiday_abroad"}),
        ("costa", {"holiday_abroad"}),
        ("100%", set()),
    ],
)
def test_a_search_looks_in_questions_answers_and_examples(desk: Desk, search: str, found: set[str]) -> None:
    with desk.database.writing() as session:
        topic = session.scalars(select(Topic).where(Topic.name == "holiday_abroad")).one()
        topic.examples = [Example(municipality_id=topic.municipality_id, language="nl", text="naar de Costa")]

    assert set(rows(desk, search)) == found


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.change.value, piece.text) for piece in differences(old, new)]


def test_differences_are_told_word_by_word_and_a_placeholder_is_one_word() -> None:
    assert pieces("Het is {pw_a} per maand.", "Het is {pw_b} per week.") == [
        (Change.SAME, "Het is "),
        (Change.GONE, "{pw_a} "),
        (Change.NEW, "{pw_b} "),
        (Change.SAME, "per "),
        (Change.GONE, "maand"),
        (Change.NEW, "week"),
        (Change.SAME, "."),
    ]
    assert pieces("Dat mag niet.", "Vraag het ons.") == [(Change.GONE, "Dat mag niet."), (Change.NEW, "Vraag het ons.")]
    assert pieces("", "Nieuw.") == [(Change.NEW, "Nieuw.")]
    assert pieces("", "") == []


@pytest.mark.parametrize("pair", [("a b c", "a c"), ("é 😀\nx", "x é"), ("zelfde", "zelfde")])
def test_the_pieces_together_are_both_texts(pair: tuple[str, str]) -> None:
    found = differences(*pair)

    assert "".join(p.text for p in found if p.change is not Change.NEW) == pair[0]
    assert "".join(p.text for p in found if p.change is not Change.GONE) == pair[1]


def test_what_may_stand_between_braces_is_told_with_its_value_of_today(desk: Desk) -> None:
    usable: dict[str, Any] = {one.name: one for one in usable_figures(load_figures(), desk.today)}
    limit = usable["pw_vermogensgrens.alleenstaande"]

    assert (limit.shown, limit.since, limit.law) == ("€\u00a08.000", date(2026, 1, 1), "participatiewet")
    assert usable["pw_zoektermijn_jongeren"].unit == "weken"
    assert usable_values({"gemeente.naam": "Stad"})[0].shown == "Stad"
    assert used_in({"nl": {"answer": AMOUNT}}) == {"pw_vermogensgrens.alleenstaande", "gemeente.naam"}
