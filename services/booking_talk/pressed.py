"""A button of this talk: it says what it answers, also when something else is asked by then."""

from dataclasses import replace

from db.models import MeetingChannel
from services.booking_talk import asking
from services.booking_talk.choosing import book_it, cancel_it, more, no_reason, stop, take, with_reason
from services.booking_talk.office import Office
from services.booking_talk.reply import Line, Reply, closed, going_on
from services.booking_talk.state import Deed, Talk
from services.booking_talk.steps import begin, go_on, nothing_planned
from services.said_clock import Hours, Part
from services.said_time import Wish

WISHES = {
    asking.SOON: Wish(soonest=True),
    asking.MORNING: Wish(hours=Hours(parts=frozenset({Part.MORNING}))),
    asking.AFTERNOON: Wish(hours=Hours(parts=frozenset({Part.AFTERNOON}))),
    asking.WHENEVER: Wish(whenever=True),
}
REASONS = {"ill": "button_reason_ill", "busy": "button_reason_busy"}


def pressed(office: Office, deed: Deed, line: Line) -> Reply:
    if line.reference:
        return _about(office, deed, line.reference)
    talk = office.talk
    if talk is None or talk.deed is not deed:
        return begin(office, deed, line)
    return _in_talk(office, talk, line.choice or "", line.value or "")


def _about(office: Office, deed: Deed, reference: str) -> Reply:
    """Cancel this one at once, or look for another time for it."""
    talk = Talk(deed, appointment=reference)
    if office.find(reference) is None:
        return closed(nothing_planned(office, deed))
    return cancel_it(office, talk) if deed is Deed.CANCEL else go_on(office, talk)


def _in_talk(office: Office, talk: Talk, choice: str, value: str) -> Reply:
    learnt = _learnt(office, talk, choice, value)
    if learnt is not None:
        return go_on(office, learnt)
    match choice:
        case asking.SLOT if value.isdigit() and int(value) < len(talk.offered):
            return take(talk, talk.offered[int(value)])
        case asking.MORE:
            return more(office, talk)
        case asking.CONFIRM if talk.hold_id is not None:
            return book_it(talk) if value == asking.YES else going_on(asking.ask_needs(office, talk))
        case asking.SURE:
            return cancel_it(office, talk) if value == asking.YES else stop(office, talk)
    return _why(office, talk, value) if choice == asking.REASON else go_on(office, talk)


def _why(office: Office, talk: Talk, value: str) -> Reply:
    reason = REASONS.get(value)
    return with_reason(office, talk, office.phrases.say(reason)) if reason else no_reason(office, talk)


def _learnt(office: Office, talk: Talk, choice: str, value: str) -> Talk | None:
    match choice:
        case asking.KIND if value in office.programmes:
            return replace(talk, programme=value)
        case asking.CHANNEL if value in set(MeetingChannel):
            return replace(talk, channel=MeetingChannel(value))
        case asking.WISH if value in WISHES:
            return replace(talk, wish=WISHES[value])
    return None
