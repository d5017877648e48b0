"""A button of this talk: it says what it answers, also when something else is asked by then."""

from dataclasses import replace

from db.models import MeetingChannel
from services.booking_talk import asking
from services.booking_talk.choosing import book_it, cancel_it, more, no_reason, stop, take, with_reason
from services.booking_talk.office import Office
from services.booking_talk.reply import Line, Reply, closed, going_on
from services.booking_talk.state import Deed, Talk
from services.booking_talk.steps import begin, go_on, in_the_way, nothing_planned, times
from services.booking_talk.ways import AT, BEGIN, Moment
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
    if line.choice == BEGIN:
        return in_the_way(office, line.value or "") or go_on(office, Talk(Deed.BOOK, programme=line.value))
    if line.choice == AT and (moment := Moment.read(line.value or "")):
        return in_the_way(office, moment.programme) or _at(office, moment)
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


def _at(office: Office, moment: Moment) -> Reply:
    """A time that came along with a message, maybe days ago: it is taken when it is still free."""
    programme = office.programmes[moment.programme]
    talk = Talk(Deed.BOOK, programme=moment.programme, channel=moment.channel)
    slot = next((one for one in office.free(talk, programme) if one.begins_at == moment.begins_at), None)
    if slot is None:
        return times(office, talk, programme, office.phrases.say("booking_not_free_now"))
    return take(replace(talk, offered=(slot,), shown=1), slot)


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
