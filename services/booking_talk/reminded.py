"""A reply to a reminder of an appointment: "ok", "ik kan niet", "welke locatie", "kan het later".

Where an appointment was told of without a reminder only its place and time are asked on about.
"""

from db.models import Appointment
from services.booking_talk.lines import CALLS_OFF, CANNOT, LATER, PLACE, WHERE
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
ASKED_ON = 4
"""Words in which somebody asks on about what he read just now."""


def reply_to_reminder(office: Office, line: Line) -> Reply | None:
    """None when the newest message of ours was no reminder of an appointment, or the line is about something else."""
    text = plain(line.text)
    if len(text.split()) > LONGEST or not _may_be_reply(line.text):
        return None
    one = office.reminded_of
    if one is not None:
        return _reply(office, line, text, one)
    asks_on = len(text.split()) <= ASKED_ON and PLACE.search(text.strip(" ?!."))
    told = told_just_now(office) if asks_on else None
    return closed(_all_of(office, told)) if told is not None else None


def _reply(office: Office, line: Line, text: str, one: Appointment) -> Reply:
    if LATER.search(text):
        return begin(office, Deed.MOVE, line)
    if CALLS_OFF.search(text):
        return begin(office, Deed.CANCEL, line)
    if CANNOT.search(text):
        return closed(_said(office, one, "booking_cannot"))
    if WHERE.search(text):
        return closed(_all_of(office, one))
    return closed(_said(office, one, "booking_see_you"))


def _all_of(office: Office, one: Appointment) -> Words:
    head = office.phrases.say("booking_yours", wat=called(office, one), tijd=time_of(one, office.phrases))
    return tell_appointment(office, one, head)


def _may_be_reply(text: str) -> bool:
    line = plain(text)
    return agrees(text) or any(pattern.search(line) for pattern in (LATER, CALLS_OFF, CANNOT, WHERE, PLACE))


def _said(office: Office, one: Appointment, key: str) -> Words:
    text = office.phrases.say(key, tijd=time_of(one, office.phrases))
    return Words(text, topic=SHOWS, buttons=move_or_cancel(office.phrases, one))
