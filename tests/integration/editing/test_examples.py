"""Examples are added, moved and removed by the library only; what looks alike is asked about."""

from typing import Any

import pytest
from sqlalchemy import select

from db.models import Account, Example
from services.editing.changes import TRAINED_ON, changes_since_live, marks_of
from services.editing.errors import LibraryOnly
from services.editing.examples import Added, Refusal, add_examples, move_examples, number_of_examples, remove_examples
from services.errors import UnknownTopic
from services.model_versions import keep_version, make_live
from services.training_material import training_material
from tests.integration.editing.conftest import Desk


def add(desk: Desk, *lines: str, name: str = "wealth_limit", account: Account | None = None, **other: Any) -> Added:
    with desk.database.writing() as session:
        return add_examples(session, account or desk.editor, name, "nl", lines, **other)


def ids(desk: Desk, *texts: str) -> list[int]:
    with desk.database.reading() as session:
        return list(session.scalars(select(Example.id).where(Example.text.in_(texts))))


def test_several_lines_are_added_tidied_and_empty_ones_left_out(desk: Desk) -> None:
    added = add(desk, "  hoeveel   op de bank ", "", "spaargeld grens\u200b")

    assert added == Added(("hoeveel op de bank", "spaargeld grens"), (), ())
    assert desk.examples() == ["hoeveel op de bank", "spaargeld grens"]


def test_what_cannot_be_an_example_comes_back_with_the_reason(desk: Desk) -> None:
    add(desk, "met de auto naar spanje", name="holiday_abroad")
    added = add(desk, "mijn bsn is 123456782", "!!", "Met de auto naar Spanje?", "spaargeld", "Spaargeld!", "x" * 1001)

    assert added.texts == ("spaargeld",)
    assert [(one.why, one.topic) for one in added.refused] == [
        (Refusal.PERSONAL, None),
        (Refusal.NO_WORDS, None),
        (Refusal.ELSEWHERE, "holiday_abroad"),
        (Refusal.THERE, "wealth_limit"),
        (Refusal.TOO_LONG, None),
    ]


def test_one_that_looks_like_another_topics_is_added_only_when_confirmed(desk: Desk) -> None:
    add(desk, "moet ik een gift melden bij de gemeente", name="holiday_abroad")
    line = "moet ik een erfenis melden bij de gemeente"
    doubted = add(desk, line).doubted

    assert [(one.near.topic, one.near.percent) for one in doubted] == [("holiday_abroad", 84)]
    assert desk.examples() == []
    assert add(desk, line, confirmed=True).texts == (line,)


def test_the_order_of_words_capitals_and_accents_make_no_difference_for_looking_alike(desk: Desk) -> None:
    add(desk, "mag ik een café bezoeken")

    assert add(desk, "CAFE bezoeken, mag ik een?").doubted[0].near.percent == 100
    assert add(desk, "iets heel anders dan dat").doubted == ()


def test_lines_move_to_the_topic_they_belong_to(desk: Desk) -> None:
    add(desk, "met de auto naar spanje", "spaargeld")
    with desk.database.writing() as session:
        chosen = ids(desk, "met de auto naar spanje")
        assert move_examples(session, desk.editor, "wealth_limit", chosen, "holiday_abroad") == [
            "met de auto naar spanje"
        ]

    assert (desk.examples(), desk.examples("holiday_abroad")) == (["spaargeld"], ["met de auto naar spanje"])


def test_what_a_colleague_moved_meanwhile_stays_there(desk: Desk) -> None:
    add(desk, "met de auto naar spanje")
    chosen = ids(desk, "met de auto naar spanje")
    with desk.database.writing() as session:
        move_examples(session, desk.editor, "wealth_limit", chosen, "holiday_abroad")
    with desk.database.writing() as session:
        assert remove_examples(session, desk.editor, "wealth_limit", chosen) == []

    assert desk.examples("holiday_abroad") == ["met de auto naar spanje"]


def test_removing_is_undone_by_adding_again(desk: Desk) -> None:
    add(desk, "spaargeld", "geld op de bank")
    with desk.database.writing() as session:
        gone = remove_examples(session, desk.editor, "wealth_limit", ids(desk, "spaargeld"))
    with desk.database.reading() as session:
        assert number_of_examples(session, "wealth_limit") == {"nl": 1}

    assert add(desk, *gone).texts == ("spaargeld",)


def test_only_the_library_changes_examples(desk: Desk) -> None:
    with pytest.raises(LibraryOnly):
        add(desk, "spaargeld", account=desk.anna)
    with pytest.raises(LibraryOnly), desk.database.writing() as session:
        remove_examples(session, desk.anna, "wealth_limit", [])
    with pytest.raises(LibraryOnly), desk.database.writing() as session:
        move_examples(session, desk.anna, "wealth_limit", [], "holiday_abroad")


def test_a_topic_that_does_not_exist_gets_no_examples(desk: Desk) -> None:
    add(desk, "spaargeld")
    with pytest.raises(UnknownTopic):
        add(desk, "parkeren", name="parking")
    with pytest.raises(UnknownTopic), desk.database.writing() as session:
        move_examples(session, desk.editor, "wealth_limit", ids(desk, "spaargeld"), "parking")

    assert desk.examples() == ["spaargeld"]


def test_what_changed_since_the_live_model_was_made_is_counted(desk: Desk) -> None:
    add(desk, "spaargeld", "geld op de bank", "auto")
    with desk.database.writing() as session:
        manifest = {TRAINED_ON: marks_of(training_material(session))}
        keep_version(session, "v1", "v1.tar.gz", manifest, desk.clock())
        make_live(session, "v1", desk.clock())
    add(desk, "hoeveel mag ik hebben", "sparen")
    with desk.database.writing() as session:
        remove_examples(session, desk.editor, "wealth_limit", ids(desk, "spaargeld"))
        move_examples(session, desk.editor, "wealth_limit", ids(desk, "auto"), "holiday_abroad")

    with desk.database.reading() as session:
        changes = changes_since_live(session)
    assert changes is not None
    assert (changes.added, changes.removed, changes.moved) == (2, 1, 1)
    assert changes.topics == ("holiday_abroad", "wealth_limit")


def test_an_answer_that_changed_is_no_change_of_the_understanding(desk: Desk) -> None:
    with desk.database.writing() as session:
        assert changes_since_live(session) is None
        keep_version(session, "v1", "v1.tar.gz", {TRAINED_ON: marks_of(training_material(session))}, desk.clock())
        make_live(session, "v1", desk.clock())
    desk.save(desk.editor)

    with desk.database.reading() as session:
        changes = changes_since_live(session)
    assert changes is not None
    assert changes.number == 0
