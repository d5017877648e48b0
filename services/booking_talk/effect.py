"""What this talk writes down, in the transaction that writes the answer; what became of it is said there too.

Between the answer and this moment somebody else may have taken the time: then other times are offered.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Conversation, TaskKind
from services.agenda.book import book
from services.agenda.cancel import cancel
from services.agenda.hold import hold_slot, release_hold
from services.agenda.mine import appointment_of
from services.agenda.move import RESIDENT, move
from services.agenda.slot import Slot
from services.booking_talk import asking
from services.booking_talk.office import Office
from services.booking_talk.state import TOPICS, Deed, Step, Talk, end_talk, keep_talk
from services.booking_talk.steps import nothing_planned, planned_already
from services.booking_talk.telling import tell_all, tell_appointment, time_of
from services.booking_talk.ways import begin_button, button
from services.calendar import day_here
from services.errors import (
    ChangedMeanwhile,
    NotInThePast,
    NotYourAppointment,
    SlotTaken,
    TooFar,
    TooManyAppointments,
    TooSoon,
    UnknownProgramme,
)
from services.masking import mask
from services.municipalities import get_municipality
from services.phrases import Phrases
from services.staff_tasks import add_task
from services.tidy import tidy
from services.transcript import add_words
from services.words import Words

GONE = (SlotTaken, TooSoon, TooFar)


def carry_out(session: Session, conversation: Conversation, effect: dict[str, Any], now: datetime) -> None:
    """Raises KeyError for a deed that nobody knows: a mistake in the code."""
    DEEDS[effect["deed"]](_office(session, conversation, now), conversation, effect)


def _keep(office: Office, conversation: Conversation, effect: dict[str, Any]) -> None:
    talk = Talk.from_json(effect["talk"])
    _let_go(office, talk.hold_id)
    keep_talk(office.session, conversation, talk, office.now)


def _end(office: Office, conversation: Conversation, effect: dict[str, Any]) -> None:
    _let_go(office, None)
    end_talk(office.session, conversation)


def _let_go(office: Office, kept: int | None) -> None:
    """A time that was held and is not wanted any more is free at once."""
    held = office.talk.hold_id if office.talk else None
    if held is not None and held != kept:
        hold = office.session.get(Appointment, held)
        if hold is not None and hold.state is AppointmentState.HELD:
            release_hold(office.session, hold, office.now)


def _hold(office: Office, conversation: Conversation, effect: dict[str, Any]) -> None:
    talk, slot = Talk.from_json(effect["talk"]), Slot.from_json(effect["slot"])
    programme = office.programme_of(talk)
    if programme is None:
        return _say(office, conversation, nothing_planned(office, talk.deed))
    try:
        hold = hold_slot(office.session, office.town, office.wanted(talk, programme), slot, conversation, office.now)
    except GONE:
        return _offer_others(office, conversation, talk, "booking_gone")
    except TooManyAppointments:
        return _too_many(office, conversation)
    office.session.flush()
    _say(office, conversation, asking.ask_confirm(office, replace(talk, hold_id=hold.id), hold))


def _again(office: Office, conversation: Conversation, effect: dict[str, Any]) -> None:
    """Ask once more whether it is right; a hold that is over is taken again."""
    talk = Talk.from_json(effect["talk"])
    hold = _held(office, conversation, talk)
    if hold is None:
        return _offer_others(office, conversation, talk, "booking_gone")
    _hold(office, conversation, {"talk": talk.to_json(), "slot": _slot_of(office, hold).to_json()})


def _book(office: Office, conversation: Conversation, effect: dict[str, Any]) -> None:
    talk = Talk.from_json(effect["talk"])
    hold, programme = _held(office, conversation, talk), office.programme_of(talk)
    if hold is None or programme is None:
        return _offer_others(office, conversation, talk, "booking_gone")
    late = hold.state is not AppointmentState.HELD or hold.held_until is None or hold.held_until <= office.now
    try:
        wanted, slot = office.wanted(talk, programme), _slot_of(office, hold)
        made = book(office.session, office.town, wanted, slot, office.now, conversation, talk.needs, hold)
    except GONE:
        return _offer_others(office, conversation, talk, "booking_hold_over" if late else "booking_gone")
    except TooManyAppointments:
        return _too_many(office, conversation)
    end_talk(office.session, conversation)
    _say(office, conversation, _booked(office, made, "booking_done"))


def _move(office: Office, conversation: Conversation, effect: dict[str, Any]) -> None:
    talk, slot = Talk.from_json(effect["talk"]), Slot.from_json(effect["slot"])
    old = office.find(talk.appointment)
    if old is None:
        return _changed(office, conversation)
    try:
        new = move(office.session, office.town, old, old.version, slot, office.now, RESIDENT)
    except GONE:
        return _offer_others(office, conversation, talk, "booking_gone")
    except (ChangedMeanwhile, UnknownProgramme):
        return _changed(office, conversation)
    told = _booked(office, new, "booking_moved")
    asked = f"{told.text}\n\n{office.phrases.say('booking_ask_reason')}"
    keep_talk(office.session, conversation, _afterwards(Deed.MOVE, old), office.now)
    _say(office, conversation, replace(told, text=asked))


def _cancel(office: Office, conversation: Conversation, effect: dict[str, Any]) -> None:
    one = office.find(effect["appointment"])
    if one is None:
        return _changed(office, conversation)
    try:
        cancel(office.session, one, effect["version"], office.now, RESIDENT)
    except (ChangedMeanwhile, NotInThePast):
        return _changed(office, conversation)
    _let_go(office, None)
    keep_talk(office.session, conversation, _afterwards(Deed.CANCEL, one), office.now)
    say = office.phrases.say
    text = f"{say('booking_cancelled', tijd=time_of(one, office.phrases))} {say('booking_ask_reason')}"
    buttons = (
        begin_button(office.phrases, Deed.BOOK),
        button(say("button_reason_ill"), Deed.CANCEL, asking.REASON, "ill"),
        button(say("button_reason_busy"), Deed.CANCEL, asking.REASON, "busy"),
        button(say("button_reason_none"), Deed.CANCEL, asking.REASON, "none"),
    )
    _say(office, conversation, Words(text, topic=TOPICS[Deed.CANCEL], buttons=buttons))


def _afterwards(deed: Deed, one: Appointment) -> Talk:
    """It is done; why may still be told."""
    return Talk(deed, Step.REASON, appointment=one.public_id)


def _reason(office: Office, conversation: Conversation, effect: dict[str, Any]) -> None:
    """Told afterwards: of the one that was moved or cancelled."""
    person_id = office.person.id if office.person is not None else None
    try:
        one = appointment_of(office.session, office.town.id, person_id, conversation.id, effect["appointment"] or "")
    except NotYourAppointment:
        return
    if one.state in (AppointmentState.MOVED, AppointmentState.CANCELLED):
        one.reason, one.changed_at = mask(tidy(effect["reason"])).text, office.now
        office.session.flush()


def _task(office: Office, conversation: Conversation, effect: dict[str, Any]) -> None:
    """Once a day: a colleague looks further."""
    kind, person = TaskKind(effect["kind"]), office.person
    add_task(
        office.session,
        office.town.id,
        kind,
        f"{kind.value}:conversation:{conversation.id}:{day_here(office.now).isoformat()}",
        office.now,
        account_id=person.caseworker_id if person is not None else None,
        person_id=person.id if person is not None else None,
        conversation_id=conversation.id,
    )


def _booked(office: Office, made: Appointment, key: str) -> Words:
    fresh = _office(office.session, office.conversation, office.now) if office.conversation is not None else office
    told = tell_appointment(fresh, made, office.phrases.say(key, tijd=time_of(made, office.phrases)))
    return replace(told, topic=TOPICS[Deed.BOOK])


def _offer_others(office: Office, conversation: Conversation, talk: Talk, why: str) -> None:
    """The time is gone: that is said, and others are offered."""
    again, programme = replace(talk, hold_id=None, offered=(), shown=0), office.programme_of(talk)
    if programme is None:
        return _ended(office, conversation, nothing_planned(office, talk.deed))
    _say(office, conversation, asking.ask_time(office, again, programme, office.phrases.say(why)))


def _too_many(office: Office, conversation: Conversation) -> None:
    coming = office.coming
    words = planned_already(office, coming[0]) if coming else nothing_planned(office, Deed.BOOK)
    _ended(office, conversation, words)


def _changed(office: Office, conversation: Conversation) -> None:
    """Somebody changed it at the same moment: what stands now is shown."""
    fresh = _office(office.session, conversation, office.now)
    first, *rest = tell_all(fresh)
    _ended(office, conversation, replace(first, text=f"{office.phrases.say('booking_changed')}\n{first.text}"), *rest)


def _ended(office: Office, conversation: Conversation, *words: Words) -> None:
    _end(office, conversation, {})
    _say(office, conversation, *words)


def _say(office: Office, conversation: Conversation, *said: Words) -> None:
    for words in said:
        add_words(office.session, conversation, words, office.now)
        for effect in words.effects:
            if isinstance(effect, dict):
                carry_out(office.session, conversation, effect, office.now)


def _held(office: Office, conversation: Conversation, talk: Talk) -> Appointment | None:
    hold = office.session.get(Appointment, talk.hold_id) if talk.hold_id is not None else None
    return hold if hold is not None and hold.conversation_id == conversation.id else None


def _slot_of(office: Office, hold: Appointment) -> Slot:
    """A seat in a session is with whoever leads the session."""
    group = office.session.get(Appointment, hold.session_id) if hold.session_id is not None else hold
    account_id = group.account_id if group is not None else None
    return Slot(
        hold.begins_at, hold.ends_at, account_id or 0, hold.location_id, hold.room_id, hold.channel,
        hold.session_id,
    )  # fmt: skip


def _office(session: Session, conversation: Conversation, now: datetime) -> Office:
    town = get_municipality(session, conversation.municipality_id)
    return Office(session, Phrases(session, town, conversation.language), conversation, now)


DEEDS = {
    "keep": _keep,
    "end": _end,
    "hold": _hold,
    "again": _again,
    "book": _book,
    "move": _move,
    "cancel": _cancel,
    "reason": _reason,
    "task": _task,
}
