"""A time is held, booked, moved and cancelled; on both databases nobody has it twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import AppointmentState, Invitation, InvitationState
from services.agenda.book import appointments_of, book
from services.agenda.cancel import cancel
from services.agenda.hold import hold_slot, release_lapsed_holds
from services.agenda.move import move
from services.agenda.slots import is_free
from services.errors import ChangedMeanwhile, NotYourAppointment, SlotTaken
from tests.agenda import times, wants
from tests.builders import NOW
from tests.integration.agenda.conftest import Agenda, planned

LATER = NOW + timedelta(minutes=6)


def test_a_booked_time_is_no_longer_free(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        made = book(session, agenda.town, agenda.wanted(), agenda.at("09:30"), NOW, agenda.chat)
        free = times(agenda.free(session))

    assert (made.state, made.account_id, made.person_id) == (AppointmentState.BOOKED, agenda.anna.id, agenda.fatma.id)
    assert free == ["09:00", "10:00", "10:30", "11:00", "11:30"]


def test_nobody_else_books_a_time_that_is_taken(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        book(session, agenda.town, agenda.wanted(), agenda.at("09:30"), NOW, agenda.chat)
        person, chat = agenda.another(session, "K-2")
        with pytest.raises(SlotTaken):
            book(session, agenda.town, wants(agenda.town, person), agenda.at("09:30"), NOW, chat)


def test_a_held_time_is_free_again_after_five_minutes(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        hold_slot(session, agenda.town, agenda.wanted(), agenda.at("09:00"), agenda.chat, NOW)
        person, chat = agenda.another(session, "K-2")
        theirs = wants(agenda.town, person)
        held = is_free(session, agenda.town, theirs, agenda.at("09:00"), NOW + timedelta(minutes=4))
        made = book(session, agenda.town, theirs, agenda.at("09:00"), LATER, chat)

    assert not held
    assert made.state is AppointmentState.BOOKED


def test_who_holds_a_time_books_it(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        hold = hold_slot(session, agenda.town, agenda.wanted(), agenda.at("09:00"), agenda.chat, NOW)
        made = book(session, agenda.town, agenda.wanted(), agenda.at("09:00"), NOW, agenda.chat, hold=hold)

    assert (made.id, made.state, made.held_until) == (hold.id, AppointmentState.BOOKED, None)


def test_who_is_late_books_all_the_same_when_it_is_still_free(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        hold = hold_slot(session, agenda.town, agenda.wanted(), agenda.at("09:00"), agenda.chat, NOW)
        made = book(session, agenda.town, agenda.wanted(), agenda.at("09:00"), LATER, agenda.chat, hold=hold)

    assert (made.state, hold.state) == (AppointmentState.BOOKED, AppointmentState.LAPSED)


def test_a_chat_holds_one_time(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        for clock in ("09:00", "09:30"):
            hold_slot(session, agenda.town, agenda.wanted(), agenda.at(clock), agenda.chat, NOW)
        free = times(agenda.free(session))

    assert "09:00" in free
    assert "09:30" not in free


def test_nobody_books_with_the_hold_of_somebody_else(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        hold = hold_slot(session, agenda.town, agenda.wanted(), agenda.at("09:00"), agenda.chat, NOW)
        person, chat = agenda.another(session, "K-2")
        with pytest.raises(NotYourAppointment):
            book(session, agenda.town, wants(agenda.town, person), agenda.at("09:00"), NOW, chat, hold=hold)


def test_lapsed_holds_are_put_on_record(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        hold = hold_slot(session, agenda.town, agenda.wanted(), agenda.at("09:00"), agenda.chat, NOW)
        assert release_lapsed_holds(session, NOW) == 0
        assert release_lapsed_holds(session, LATER) == 1
        session.refresh(hold)

    assert hold.state is AppointmentState.LAPSED


def test_moving_keeps_the_old_time_when_the_new_one_is_taken(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        mine = book(session, agenda.town, agenda.wanted(), agenda.at("09:00"), NOW, agenda.chat)
        person, chat = agenda.another(session, "K-2")
        book(session, agenda.town, wants(agenda.town, person), agenda.at("10:00"), NOW, chat)
        with pytest.raises(SlotTaken):
            move(session, agenda.town, mine, mine.version, agenda.at("10:00"), NOW, "resident")
        waiting = len(planned(session, mine))

    assert mine.state is AppointmentState.BOOKED
    assert waiting == 3


def test_moving_takes_the_new_time_and_frees_the_old_one(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        old = book(session, agenda.town, agenda.wanted(), agenda.at("09:00"), NOW, agenda.chat, {"with": "mijn zus"})
        new = move(
            session, agenda.town, old, old.version, agenda.at("10:00"), NOW, "resident", "de school belt 0612345678"
        )
        free = times(agenda.free(session))
        waiting = [len(planned(session, one)) for one in (old, new)]

    assert (old.state, new.state, new.moved_from) == (AppointmentState.MOVED, AppointmentState.BOOKED, old.id)
    assert (new.needs, old.reason) == ({"with": "mijn zus"}, "de school belt [telefoonnummer]")
    assert waiting == [0, 3]
    assert "09:00" in free
    assert "10:00" not in free


def test_what_was_changed_meanwhile_is_not_overwritten(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        made = book(session, agenda.town, agenda.wanted(), agenda.at("09:00"), NOW, agenda.chat)
        seen = made.version
        made.needs = {"with": "mijn zus"}
        session.flush()
        with pytest.raises(ChangedMeanwhile):
            move(session, agenda.town, made, seen, agenda.at("10:00"), NOW, "resident")
        with pytest.raises(ChangedMeanwhile):
            cancel(session, made, seen, NOW, "resident")


def test_a_cancelled_time_is_free_and_nobody_is_reminded(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        made = book(session, agenda.town, agenda.wanted(), agenda.at("09:00"), NOW, agenda.chat)
        cancel(session, made, made.version, NOW, "resident", "ziek")
        free, waiting = times(agenda.free(session)), planned(session, made)
        coming = appointments_of(session, agenda.town.id, agenda.fatma.id, agenda.chat.id, NOW)

    assert (made.state, made.cancelled_by, made.reason) == (AppointmentState.CANCELLED, "resident", "ziek")
    assert "09:00" in free
    assert (waiting, coming) == ([], [])


def test_an_invitation_follows_what_becomes_of_it(agenda: Agenda) -> None:
    with agenda.database.writing() as session:
        invitation = Invitation(
            municipality_id=agenda.town.id, person_id=agenda.fatma.id, programme="contactgesprek", due_on=NOW.date(),
            state=InvitationState.REMINDED, created_at=NOW, invited_at=NOW, reminded_at=NOW,
        )  # fmt: skip
        session.add(invitation)
        old = book(session, agenda.town, agenda.wanted(), agenda.at("09:00"), NOW, agenda.chat)
        assert (invitation.state, invitation.appointment_id) == (InvitationState.BOOKED, old.id)
        new = move(session, agenda.town, old, old.version, agenda.at("10:00"), NOW, "resident")
        assert invitation.appointment_id == new.id
        cancel(session, new, new.version, LATER, "resident")

        left = session.scalars(select(Invitation)).one()

    # There is as much time to choose again as after an invitation.
    assert (left.state, left.invited_at, left.reminded_at) == (InvitationState.INVITED, LATER, None)
    assert left.appointment_id is None
