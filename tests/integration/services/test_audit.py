"""The audit log is a chain: whoever changes, removes or moves an entry breaks it there."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.models import AuditEntry, AuditHead, Municipality
from db.session import Database
from services.audit import note, verify_chain
from tests.builders import NOW, build_municipality
from tests.integration.services.conftest import at_once


@pytest.fixture
def town(database: Database) -> Municipality:
    """Ten entries, and two of another municipality in between."""
    with database.writing() as session:
        town, other = build_municipality(session), build_municipality(session, "buurstad", "Buurstad")
        for number in range(1, 11):
            note(session, town.id, 7, "read_conversation", f"conversation {number}", NOW, page=number, words=["ë", "b"])
            if number % 5 == 0:
                note(session, other.id, None, "begin", None, NOW)
    return town


def entry(session: Session, town: Municipality, number: int) -> AuditEntry:
    query = select(AuditEntry).where(AuditEntry.municipality_id == town.id, AuditEntry.number == number)
    return session.scalars(query).one()


def test_an_untouched_log_is_whole(database: Database, town: Municipality) -> None:
    with database.reading() as session:
        chain = verify_chain(session, town.id)

        assert chain.whole
        assert chain.entries == 10
        assert chain.hash == entry(session, town, 10).hash


def test_a_log_of_nothing_is_whole(database: Database) -> None:
    with database.writing() as session:
        assert verify_chain(session, build_municipality(session).id).entries == 0


@pytest.mark.parametrize(
    "change",
    [
        {"deed": "read_callback"},
        {"account_id": 8},
        {"subject": "conversation 99"},
        {"at": NOW.replace(minute=1)},
        {"detail": {"page": 4}},
        {"hash": "0" * 64},
        {"previous": "0" * 64},
        {"number": 77},
        {"municipality_id": 2},
    ],
)
def test_a_changed_entry_is_found(database: Database, town: Municipality, change: dict[str, object]) -> None:
    with database.writing() as session:
        if "municipality_id" in change:
            change = {"municipality_id": town.id + 1, "number": 77}
        session.execute(update(AuditEntry).where(AuditEntry.id == entry(session, town, 4).id).values(**change))
    with database.reading() as session:
        assert verify_chain(session, town.id).broken_at == 4


@pytest.mark.parametrize("number", [1, 5, 10])
def test_a_removed_entry_is_found_also_the_last(database: Database, town: Municipality, number: int) -> None:
    with database.writing() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == entry(session, town, number).id))
    with database.reading() as session:
        assert verify_chain(session, town.id).broken_at == number


def test_two_entries_that_changed_places_are_found(database: Database, town: Municipality) -> None:
    with database.writing() as session:
        one, other = entry(session, town, 4), entry(session, town, 5)
        one.deed, other.deed, one.subject, other.subject = other.deed, one.deed, other.subject, one.subject
    with database.reading() as session:
        assert verify_chain(session, town.id).broken_at == 4


def test_an_entry_that_was_added_besides_is_found(database: Database, town: Municipality) -> None:
    with database.writing() as session:
        last = entry(session, town, 10)
        session.add(
            AuditEntry(
                municipality_id=town.id, number=11, at=NOW, deed="begin", detail={}, previous=last.hash, hash="1" * 64
            )
        )
    with database.reading() as session:
        assert verify_chain(session, town.id).broken_at == 11


def test_an_entry_of_an_undone_deed_is_not_there_and_leaves_no_hole(database: Database, town: Municipality) -> None:
    with database.writing() as session:
        note(session, town.id, 7, "take_over", "conversation 1", NOW)
        session.rollback()
    with database.writing() as session:
        assert note(session, town.id, 7, "take_over", "conversation 1", NOW).number == 11
        assert verify_chain(session, town.id).whole


def test_many_at_once_make_one_chain_also_from_the_first_entry_on(database: Database) -> None:
    with database.writing() as session:
        town = build_municipality(session)

    def add(number: int) -> None:
        with database.writing() as session:
            note(session, town.id, number, "read_conversation", f"conversation {number}", NOW)

    at_once(12, add)
    with database.reading() as session:
        assert verify_chain(session, town.id).entries == 12
        assert verify_chain(session, town.id).whole
        assert session.get_one(AuditHead, town.id).number == 12
