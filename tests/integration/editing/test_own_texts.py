"""A municipality may say it in its own way, sees nobody else's, and can go back."""

from datetime import date

import pytest
from sqlalchemy import select

from db.models import AnswerRevision, Topic
from services.editing.errors import ChangedMeanwhile, NoTextOfItsOwn
from services.editing.topics import go_back_to_national
from tests.integration.editing.conftest import NEW_YEAR, Desk


def go_back(desk: Desk) -> None:
    with desk.database.writing() as session:
        go_back_to_national(session, desk.anna, "wealth_limit", desk.clock())


def test_its_own_text_is_read_there_and_nowhere_else(desk: Desk) -> None:
    national = desk.reads(desk.stranger)
    desk.save(desk.anna, desk.draft("Bij ons zo."))

    assert desk.reads(desk.town).startswith("Bij ons zo.")
    assert desk.reads(desk.stranger) == national
    assert len(desk.topics()) == 2


def test_the_copy_has_the_texts_of_before_and_no_examples(desk: Desk) -> None:
    national = desk.reads(desk.town)
    desk.save(desk.anna, desk.draft("Vanaf januari bij ons zo.", valid_from=NEW_YEAR))

    assert desk.reads(desk.town) == national
    assert desk.reads(desk.town, on=date(2026, 1, 1)) == national
    with desk.database.reading() as session:
        own = session.scalars(select(Topic).where(Topic.municipality_id == desk.town.id)).one()
        assert (own.examples, own.question, len(own.revisions)) == ([], {"nl": "Hoeveel spaargeld?"}, 2)


def test_a_new_national_text_leaves_the_own_one(desk: Desk) -> None:
    desk.save(desk.anna, desk.draft("Bij ons zo."))
    desk.save(desk.editor, desk.draft("Landelijk nieuw."))

    assert desk.reads(desk.town).startswith("Bij ons zo.")
    assert desk.reads(desk.stranger).startswith("Landelijk nieuw.")


def test_going_back_reads_the_national_text_at_once_and_keeps_the_own_one_on_record(desk: Desk) -> None:
    desk.save(desk.anna, desk.draft("Bij ons zo."))
    desk.save(desk.editor, desk.draft("Landelijk nieuw."))
    go_back(desk)

    assert desk.reads(desk.town).startswith("Landelijk nieuw.")
    with desk.database.reading() as session:
        own = select(AnswerRevision).where(AnswerRevision.municipality_id == desk.town.id)
        assert session.scalars(own).all()[-1].texts["nl"]["answer"] == "Bij ons zo."


def test_after_going_back_a_new_own_text_begins_from_the_national_one(desk: Desk) -> None:
    desk.save(desk.anna, desk.draft("Bij ons zo."))
    desk.save(desk.editor, desk.draft("Landelijk nieuw."))
    go_back(desk)
    desk.save(desk.anna, desk.draft("Vanaf januari bij ons anders.", valid_from=NEW_YEAR))

    assert desk.reads(desk.town).startswith("Landelijk nieuw.")
    assert desk.reads(desk.town, on=NEW_YEAR).startswith("Vanaf januari bij ons anders.")
    assert len(desk.topics()) == 2


def test_who_has_no_own_text_has_nothing_to_go_back_from(desk: Desk) -> None:
    with pytest.raises(NoTextOfItsOwn):
        go_back(desk)
    with pytest.raises(NoTextOfItsOwn), desk.database.writing() as session:
        go_back_to_national(session, desk.editor, "wealth_limit", desk.clock())


def test_a_national_text_that_changed_while_the_first_own_one_was_written_is_told(desk: Desk) -> None:
    seen = desk.newest(desk.anna).id
    desk.save(desk.editor, desk.draft("Landelijk nieuw."))

    with pytest.raises(ChangedMeanwhile):
        desk.save(desk.anna, desk.draft("Bij ons zo."), based_on=seen)


def test_of_two_colleagues_who_both_write_the_first_own_text_the_second_is_told(desk: Desk) -> None:
    seen = desk.newest(desk.anna).id
    desk.save(desk.anna, desk.draft("Bij ons zo."), based_on=seen)

    with pytest.raises(ChangedMeanwhile):
        desk.save(desk.anna, desk.draft("Bij ons anders."), based_on=seen)
