"""How often a text was right according to residents: the own ones, and for the library all, without their words."""

from datetime import timedelta

import pytest

from db.models import Municipality
from services.editing.errors import OwnResidentsOnly
from services.editing.judged import Judged, judged_texts, judged_topics, number_of_remarks, remarks_on
from services.editing.topic_list import TopicRow, list_topics
from services.municipalities import library
from tests.conversations import MONDAY
from tests.feedback import build_feedback
from tests.integration.editing.conftest import Desk


def tell(desk: Desk, right: bool, revision: int | None, town: Municipality | None = None, remark: str = "") -> None:
    with desk.database.writing() as session:
        build_feedback(session, town or desk.town, right, remark or None, revision=revision)


def row(desk: Desk, municipality_id: int, name: str = "wealth_limit") -> TopicRow:
    with desk.database.reading() as session:
        rows = list_topics(session, desk.figures, municipality_id, desk.today)
    return next(one for one in rows if one.name == name)


def counted(desk: Desk, municipality_id: int, name: str = "wealth_limit") -> dict[int | None, Judged]:
    with desk.database.reading() as session:
        return dict(judged_texts(session, municipality_id, name))


def test_it_is_counted_by_text(desk: Desk) -> None:
    old = desk.newest(desk.editor).id
    new = desk.save(desk.editor).id
    for right, revision in ((True, old), (False, old), (False, old), (True, new), (False, None)):
        tell(desk, right, revision)

    expected = {old: Judged(1, 2), new: Judged(1, 0), None: Judged(0, 1)}
    assert counted(desk, desk.town.id) == expected
    assert counted(desk, desk.town.id, "holiday_abroad") == {}
    with desk.database.reading() as session:
        assert judged_topics(session, desk.town.id) == {"wealth_limit": expected}


def test_the_list_counts_the_text_of_today(desk: Desk) -> None:
    old = desk.newest(desk.editor).id
    tell(desk, False, old)
    assert row(desk, desk.town.id).judged == Judged(0, 1)

    desk.save(desk.editor)
    assert row(desk, desk.town.id).judged == Judged()
    assert row(desk, desk.town.id, "holiday_abroad").judged == Judged()


def test_another_municipality_sees_nothing_of_it(desk: Desk) -> None:
    tell(desk, False, desk.newest(desk.editor).id, remark="het bedrag is oud")

    assert counted(desk, desk.stranger.id) == {}
    assert row(desk, desk.stranger.id).judged == Judged()
    with desk.database.reading() as session:
        assert remarks_on(session, desk.stranger.id, "wealth_limit") == []
        assert number_of_remarks(session, desk.stranger.id, "wealth_limit") == 0


def test_the_library_sees_the_counts_of_all_on_its_own_texts_and_no_words(desk: Desk) -> None:
    national = desk.newest(desk.editor).id
    own = desk.save(desk.bob).id
    tell(desk, False, national, remark="mijn naam is Fatima")
    tell(desk, True, national, desk.stranger)
    tell(desk, False, own, desk.stranger)

    assert counted(desk, desk.editor.municipality_id) == {national: Judged(1, 1)}
    assert row(desk, desk.editor.municipality_id).judged == Judged(1, 1)
    with desk.database.writing() as session, pytest.raises(OwnResidentsOnly):
        remarks_on(session, library(session).id, "wealth_limit")


def test_remarks_stand_with_the_newest_first(desk: Desk) -> None:
    with desk.database.writing() as session:
        for number, text in enumerate(("eerste", "tweede", "derde")):
            build_feedback(session, desk.town, False, text, at=MONDAY + timedelta(minutes=number))
        build_feedback(session, desk.town, False)
        build_feedback(session, desk.town, False, "over vakantie", topic="holiday_abroad")
    with desk.database.reading() as session:
        found = remarks_on(session, desk.town.id, "wealth_limit")
        number_found = number_of_remarks(session, desk.town.id, "wealth_limit")

    assert [(remark.text, remark.revision) for remark in found] == [("derde", 1), ("tweede", 1), ("eerste", 1)]
    assert (found[0].at, number_found) == (MONDAY + timedelta(minutes=2), 3)
