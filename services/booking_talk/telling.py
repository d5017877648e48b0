"""An appointment in words: the day, the time, the place, with whom, what to bring and what was asked for."""

from collections.abc import Iterator

from db.models import Appointment, MeetingChannel
from services.agenda.programmes import Programme, programmes_of
from services.agenda.slot import Slot
from services.answer_topic import human_button
from services.booking_talk.office import Office
from services.booking_talk.state import Deed
from services.booking_talk.ways import begin_button, move_or_cancel
from services.calendar import day_and_time
from services.phrases import Phrases
from services.words import Button, Way, Words

SHOWS = "show_conversations"
CHANNEL_LABELS = {
    MeetingChannel.OFFICE: "button_meet_office",
    MeetingChannel.PHONE: "button_meet_phone",
    MeetingChannel.VIDEO: "button_meet_video",
    MeetingChannel.HOME: "button_meet_home",
    MeetingChannel.WALK: "button_meet_walk",
}
PLACES = {
    MeetingChannel.OFFICE: "booking_place_office",
    MeetingChannel.PHONE: "booking_place_phone",
    MeetingChannel.VIDEO: "booking_place_video",
    MeetingChannel.HOME: "booking_place_home",
    MeetingChannel.WALK: "booking_place_walk",
}
NEEDS = {"interpreter": "booking_need_interpreter", "access": "booking_need_access", "with": "booking_need_with"}


def time_of(one: Appointment | Slot, phrases: Phrases) -> str:
    return day_and_time(one.begins_at, phrases.language)


def facts(office: Office, one: Appointment | Slot, needs: dict[str, str]) -> Iterator[str]:
    """With whom, where, and what was asked for."""
    phrases = office.phrases
    name = office.account_name(one.account_id)
    if name is not None:
        yield phrases.say("booking_with", naam=name)
    yield place(office, one)
    for need, text in needs.items():
        if text and need in NEEDS:
            yield phrases.say(NEEDS[need], wat=_need(need, text, phrases))


def place(office: Office, one: Appointment | Slot) -> str:
    location = office.location(one.location_id)
    if location is None and one.channel in (MeetingChannel.OFFICE, MeetingChannel.WALK):
        return office.phrases.say("booking_place_unknown")
    values = {"wat": f"{location.name}, {location.address}"} if location is not None else {}
    lines = [office.phrases.say(PLACES[one.channel], **values)]
    if location is not None and location.directions:
        lines.append(location.directions)
    return " ".join(lines)


def bring(programme: Programme | None, phrases: Phrases) -> Iterator[str]:
    lines = (programme.bring.get(phrases.language) or programme.bring.get("nl", ())) if programme else ()
    if lines:
        yield f"**{phrases.say('booking_bring')}**"
        yield from lines


def tell_appointment(office: Office, one: Appointment, head: str) -> Words:
    """Everything about it, and what can be done with it. `head` names it."""
    phrases, programme = office.phrases, programmes_of(office.town).get(one.programme)
    text = "\n".join([head, *facts(office, one, one.needs), *bring(programme, phrases)])
    way = Way(phrases.say("button_calendar_file"), calendar_page(one))
    return Words(text, topic=SHOWS, buttons=move_or_cancel(phrases, one), way=way)


def tell_all(office: Office) -> list[Words]:
    """When to come and what to bring; without an appointment, how to get one."""
    phrases = office.phrases
    if not office.coming:
        key = "booking_none" if office.person is not None else "booking_none_known"
        return [Words(phrases.say(key), topic=SHOWS, buttons=_none_buttons(office))]
    return [
        tell_appointment(office, one, phrases.say("booking_yours", wat=called(office, one), tijd=time_of(one, phrases)))
        for one in office.coming
    ]


def called(office: Office, one: Appointment) -> str:
    """What kind of conversation it is, with a capital."""
    programme = programmes_of(office.town).get(one.programme)
    name = programme.called(office.phrases.language) if programme else office.phrases.say("booking_conversation")
    return name[:1].upper() + name[1:]


def told_just_now(office: Office) -> Appointment | None:
    """What the newest message of ours told everything about, if it did."""
    way = (office.newest.detail.get("way") or {}) if office.newest is not None else {}
    return next((one for one in office.coming if way.get("page") == calendar_page(one)), None)


def calendar_page(one: Appointment) -> str:
    return f"/afspraak/{one.public_id}.ics"


def _need(need: str, text: str, phrases: Phrases) -> str:
    return phrases.say("booking_interpreter_any") if need == "interpreter" and text == "?" else text


def _none_buttons(office: Office) -> tuple[Button, ...]:
    return (begin_button(office.phrases, Deed.BOOK), human_button(office.phrases))
