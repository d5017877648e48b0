"""The texts of a topic tell by themselves which is read when, and by whom they were written."""

from services.answer_topic import find_topic
from services.editing.history import Standing, Written, history, newer_national
from services.editing.revise import call_off
from tests.integration.editing.conftest import NEW_YEAR, Desk


def written(desk: Desk, municipality_id: int = 0) -> list[Written]:
    with desk.database.reading() as session:
        owner = municipality_id or desk.editor.municipality_id
        topic = find_topic(session, owner, "wealth_limit")
        return history(session, topic, owner, desk.today)


def test_the_newest_stands_first_with_what_it_is_now(desk: Desk) -> None:
    desk.save(desk.editor, desk.draft("Eerste poging."))
    desk.save(desk.editor, desk.draft("Nu."))
    desk.save(desk.editor, desk.draft("Straks.", valid_from=NEW_YEAR))
    off = desk.save(desk.editor, desk.draft("Toch niet.", valid_from=NEW_YEAR))
    with desk.database.writing() as session:
        call_off(session, desk.editor, "wealth_limit", off.id, desk.clock())

    assert [(one.revision.texts["nl"]["answer"][:10], one.standing) for one in written(desk)] == [
        ("Toch niet.", Standing.CALLED_OFF),
        ("Straks.", Standing.PLANNED),
        ("Nu.", Standing.READ),
        ("Eerste pog", Standing.REPLACED),
        ("U mag spaa", Standing.OVER),
    ]


def test_the_author_is_told_to_colleagues_of_the_same_municipality_only(desk: Desk) -> None:
    desk.save(desk.editor, desk.draft("Landelijk."))
    desk.save(desk.anna, desk.draft("Bij ons zo."))

    assert [one.author for one in written(desk)] == [desk.editor.name, None]
    assert [one.author for one in written(desk, desk.town.id)] == [desk.anna.name, None, None]
    assert [one.author for one in written(desk, desk.stranger.id)] == [None, None]


def newer(desk: Desk, municipality_id: int) -> str | None:
    with desk.database.reading() as session:
        found = newer_national(session, find_topic(session, municipality_id, "wealth_limit"), desk.today)
        return found.texts["nl"]["answer"] if found else None


def test_an_own_text_that_is_older_than_the_national_one_is_told(desk: Desk) -> None:
    desk.save(desk.anna, desk.draft("Bij ons zo."))
    assert newer(desk, desk.town.id) is None

    desk.save(desk.editor, desk.draft("Vanaf januari.", valid_from=NEW_YEAR))
    assert newer(desk, desk.town.id) == "Vanaf januari."
    assert newer(desk, desk.editor.municipality_id) is None

    desk.save(desk.anna, desk.draft("Bij ons nagekeken."))
    assert newer(desk, desk.town.id) is None
