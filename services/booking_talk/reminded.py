"""A reply to a reminder of an appointment: "ok", "ik kan niet", "welke locatie", "kan het later".

What was surely understood as something else keeps its own topic; only a line that can mean nothing else is taken from
it. Where an appointment was told of without a reminder only such a line about its place, its time and what to bring is.
"""

from db.models import Appointment
from services.booking_talk.answer import UNCLEAR
from services.booking_talk.lines import (
    CALLS_OFF,
    CANNOT,
    CANNOT_COME,
    LATER,
    OF_ANOTHER_THING,
    PLACE,
    WHERE,
)
from services.booking_talk.office import Office
from services.booking_talk.reply import Line, Reply, closed
from services.booking_talk.state import Deed
from services.booking_talk.steps import begin
from services.booking_talk.telling import SHOWS, called, tell_appointment, time_of, told_just_now
from services.booking_talk.ways import move_or_cancel
from services.income_talk.lines import agrees
from services.income_talk.numbers import plain
from services.words import Words

LONGEST = 10
"""Words. Who says more says what he means."""
NOTHING_SURE = (*UNCLEAR, "appointment", "thank", "goodbye")
"""Topics as which a reply to a reminder is understood; any other is what the line is about."""


def reply_to_reminder(office: Office, line: Line) -> Reply | None:
    """None when the newest message of ours was no reminder of an appointment, or the line is about something else."""
    text = plain(line.text).strip(" ?!.")
    if len(text.split()) > LONGEST:
        return None
    asks_on = PLACE.fullmatch(text) is not None
    if not (asks_on or CANNOT_COME.search(text) or (line.topic in NOTHING_SURE and _may_be_reply(text))):
        return None
    one = office.reminded_of
    if one is not None:
        return closed(_all_of(office, one)) if asks_on else _reply(office, line, text, one)
    told = told_just_now(office) if asks_on else None
    return closed(_all_of(office, told)) if told is not None else None


def _reply(office: Office, line: Line, text: str, one: Appointment) -> Reply:
    if LATER.search(text):
        return begin(office, Deed.MOVE, line)
    if CALLS_OFF.search(text):
        return begin(office, Deed.CANCEL, line)
    if CANNOT.search(text) or CANNOT_COME.search(text):
        return closed(_said(office, one, "booking_cannot"))
    if _asks_where(text):
        return closed(_all_of(office, one))
    return closed(_said(office, one, "booking_see_you"))


def _all_of(office: Office, one: Appointment) -> Words:
    head = office.phrases.say("booking_yours", wat=called(office, one), tijd=time_of(one, office.phrases))
    return tell_appointment(office, one, head)


def _may_be_reply(text: str) -> bool:
    return agrees(text) or _asks_where(text) or any(pattern.search(text) for pattern in (LATER, CALLS_OFF, CANNOT))


def _asks_where(text: str) -> bool:
    return WHERE.search(text) is not None and not OF_ANOTHER_THING.search(text)


def _said(office: Office, one: Appointment, key: str) -> Words:
    text = office.phrases.say(key, tijd=time_of(one, office.phrases))
    return Words(text, topic=SHOWS, buttons=move_or_cancel(office.phrases, one))
