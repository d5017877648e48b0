"""Content goes in and comes out whole, and what an editor changed stays unless told otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from db.models import AnswerRevision, Example, Municipality, Phrase, Topic
from db.session import Database
from services.content.export import export_content
from services.content.forms import MunicipalityFile, OwnTextFile, PhraseText, TopicFile
from services.content.read import Content, read_content
from services.content.store import Imported, import_content
from services.errors import ContentError
from tests.builders import CONTENT
from tests.unit.test_content_files import answer, topic_file


def content(*topics: dict[str, Any], **phrases: str) -> Content:
    forms = tuple(TopicFile.model_validate(topic) for topic in topics)
    return Content(forms, (), {key: PhraseText(nl=text) for key, text in phrases.items()})


def put(database: Database, given: Content, overwrite: bool = False, settings: bool = False) -> Imported:
    with database.writing() as session:
        return import_content(session, given, overwrite, settings)


def export(database: Database, folder: Path) -> Content:
    with database.reading() as session:
        export_content(session, folder)
    return read_content(folder)


def examples(database: Database, name: str) -> list[str]:
    with database.reading() as session:
        query = select(Example.text).join(Topic).where(Topic.name == name).order_by(Example.id)
        return list(session.scalars(query))


def test_what_ships_comes_out_as_it_went_in_and_goes_in_again(database: Database, tmp_path: Path) -> None:
    shipped = read_content(CONTENT)
    put(database, shipped)
    exported = export(database, tmp_path / "one")

    assert sorted(exported.topics, key=lambda t: t.id) == sorted(shipped.topics, key=lambda t: t.id)
    assert sorted(exported.municipalities, key=lambda m: m.slug) == sorted(shipped.municipalities, key=lambda m: m.slug)
    assert exported.phrases == shipped.phrases

    put(database, exported, overwrite=True)
    assert export(database, tmp_path / "two") == exported


def test_the_own_text_of_a_municipality_comes_out_and_goes_in_where_it_belongs(
    database: Database, tmp_path: Path
) -> None:
    own = OwnTextFile.model_validate({"id": "car", "answers": [answer(nl={"answer": "Bij ons zo."})]})
    town = MunicipalityFile(slug="stad", name="Stad")
    given = replace(content(topic_file()), municipalities=(town,), own=(("stad", own),))
    put(database, given)
    exported = export(database, tmp_path)

    assert exported.own == (("stad", own),)
    assert [topic.id for topic in exported.topics] == ["car"]
    with database.writing() as session:
        mine = session.scalars(select(Topic).join(Municipality).where(Municipality.slug == "stad")).one()
        mine.set_aside_at = datetime(2026, 11, 23, tzinfo=UTC)
    put(database, given)
    assert export(database, tmp_path / "aside").own == ()
    put(database, given, overwrite=True)
    assert export(database, tmp_path / "back").own == (("stad", own),)


def test_an_own_text_of_nobody_or_of_nothing_is_told(database: Database) -> None:
    own = OwnTextFile.model_validate({"id": "bike", "answers": [answer()]})

    with pytest.raises(ContentError, match="own/stad/bike"):
        put(database, replace(content(topic_file()), own=(("stad", own),)))


def test_a_second_import_adds_nothing(database: Database) -> None:
    given = content(topic_file(), welcome="Hallo")

    assert (put(database, given).topics, put(database, given).kept) == (1, 1)
    assert put(database, given).topics == 0
    assert examples(database, "car") == ["auto"]


def test_what_an_editor_changed_stays(database: Database) -> None:
    put(database, content(topic_file(), welcome="Hallo"))
    with database.writing() as session:
        session.scalars(select(Topic)).one().label = {"nl": "Mijn auto"}
        session.scalars(select(Phrase)).one().text = "Welkom"
    put(database, content(topic_file(), welcome="Hallo", send="Stuur"))

    with database.reading() as session:
        assert session.scalars(select(Topic)).one().label == {"nl": "Mijn auto"}
        assert set(session.scalars(select(Phrase.text))) == {"Welkom", "Stuur"}


def test_overwriting_brings_the_files_back(database: Database) -> None:
    put(database, content(topic_file(), welcome="Hallo"))
    with database.writing() as session:
        session.scalars(select(Topic)).one().label = {"nl": "Mijn auto"}
        session.scalars(select(Phrase)).one().text = "Welkom"
    put(database, content(topic_file(), welcome="Hallo"), overwrite=True)

    with database.reading() as session:
        assert session.scalars(select(Topic)).one().label == {"nl": "Auto"}
        assert set(session.scalars(select(Phrase.text))) == {"Hallo"}
    assert examples(database, "car") == ["auto"]


def test_an_example_may_move_to_a_topic_that_stands_earlier(database: Database) -> None:
    put(database, content(topic_file(), topic_file(id="bike", examples={"nl": ["fiets", "brommer"]})))
    moved = content(topic_file(examples={"nl": ["auto", "brommer"]}), topic_file(id="bike", examples={"nl": ["fiets"]}))
    put(database, moved, overwrite=True)

    assert examples(database, "car") == ["auto", "brommer"]
    assert examples(database, "bike") == ["fiets"]


def test_an_example_that_an_editor_gave_to_another_topic_does_not_stop_a_new_release(database: Database) -> None:
    put(database, content(topic_file(examples={"nl": ["auto", "scooter"]})))
    put(database, content(topic_file(), topic_file(id="scooter", examples={"nl": ["scooter", "brommer"]})))

    assert examples(database, "car") == ["auto", "scooter"]
    assert examples(database, "scooter") == ["brommer"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({}, True),
        ({"overwrite": True}, True),
        ({"settings": True}, False),
        ({"overwrite": True, "settings": True}, False),
    ],
)
def test_a_municipality_keeps_what_it_filled_in_unless_settings_are_asked_for(
    database: Database, told: dict[str, bool], kept: bool
) -> None:
    shipped = Content((), read_content(CONTENT).municipalities, {})
    put(database, shipped)
    before = groningen(database)
    filled_in = {"policy": {"pay_date": 21}, "contact": {"phone": "14 050"}, "programmes": [], "chat_hours": None}
    with database.writing() as session:
        town = session.scalars(select(Municipality).where(Municipality.slug == "groningen")).one()
        town.name, town.settings = "Onze stad", town.settings | filled_in
    put(database, shipped, **told)

    name, settings = groningen(database)
    assert (name, settings) == (("Onze stad", before[1] | filled_in) if kept else before)


def groningen(database: Database) -> tuple[str, dict[str, Any]]:
    with database.reading() as session:
        town = session.scalars(select(Municipality).where(Municipality.slug == "groningen")).one()
        return town.name, dict(town.settings)


def test_a_setting_that_is_new_comes_to_a_municipality_that_was_there(database: Database) -> None:
    with database.writing() as session:
        session.add(Municipality(slug="stad", name="Stad", settings={"colour": "#111111"}))
    told = MunicipalityFile.model_validate({"slug": "stad", "name": "Stad", "colour": "#222222", "retention_days": 9})
    put(database, replace(content(), municipalities=(told,)))

    with database.reading() as session:
        settings = session.scalars(select(Municipality.settings).where(Municipality.slug == "stad")).one()
    assert (settings["colour"], settings["retention_days"], settings["programmes"]) == ("#111111", 9, [])


def test_what_was_deleted_with_its_topic_is_gone_from_every_table(database: Database) -> None:
    put(database, content(topic_file()))
    with database.writing() as session:
        session.execute(delete(Topic))

    with database.reading() as session:
        assert session.scalars(select(Example)).all() == []


def test_what_editors_wrote_comes_out_as_the_periods_in_which_it_is_read(database: Database, tmp_path: Path) -> None:
    put(database, content(topic_file()))
    first, new_year = date(2026, 11, 23), date(2027, 1, 1)
    with database.writing() as session:
        topic = session.scalars(select(Topic)).one()
        for day, said in ((new_year, "Straks."), (first, "Fout."), (first, "Nu.")):
            shipped = topic.revisions[0]
            topic.revisions.append(
                AnswerRevision(
                    municipality_id=topic.municipality_id,
                    valid_from=day,
                    checked_on=first,
                    checked_by="redactie",
                    sources=shipped.sources,
                    texts={"nl": {"answer": said}},
                )
            )
    (exported,) = export(database, tmp_path).topics

    assert [(one.valid_from, one.valid_to, one.nl.answer) for one in exported.answers] == [
        (date(2026, 1, 1), date(2026, 11, 22), "Dat mag."),
        (first, date(2026, 12, 31), "Nu."),
        (new_year, None, "Straks."),
    ]
    assert put(database, content(topic_file())).kept == 1
    assert export(database, tmp_path / "again").topics == (exported,)
