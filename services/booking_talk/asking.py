"""What is asked, each with its buttons; where the talk stands by then goes with it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from db.models import Appointment, TaskKind
from services.agenda.programmes import Programme
from services.agenda.slot import Slot
from services.answer_topic import human_button
from services.booking_talk.offer import Offer, offer
from services.booking_talk.office import Office
from services.booking_talk.state import BOOKING, TOPICS, Deed, Step, Talk
from services.booking_talk.telling import CHANNEL_LABELS, called, facts, time_of
from services.booking_talk.ways import about_button, button
from services.calendar import day_and_time, in_words, short_day_and_time, weekday_name
from services.said_time import Strange, Wish
from services.words import Button, Words

SOON, MORNING, AFTERNOON, WHENEVER = "soon", "morning", "afternoon", "whenever"
YES, NO, NEED = "yes", "no", "need"
KIND, CHANNEL, WISH, SLOT, MORE, CONFIRM, SURE, REASON = (
    "kind", "channel", "wish", "slot", "more", "confirm", "sure", "reason",
)  # fmt: skip


def keeping(talk: Talk) -> tuple[dict[str, Any], ...]:
    return ({"effect": BOOKING, "deed": "keep", "talk": talk.to_json()},)


def ending() -> tuple[dict[str, Any], ...]:
    return ({"effect": BOOKING, "deed": "end"},)


def ask_kind(office: Office, talk: Talk, kinds: Sequence[str]) -> Words:
    names = {key: office.programmes[key].called(office.phrases.language) for key in kinds}
    buttons = [button(_label(name), talk.deed, KIND, key) for key, name in names.items()]
    return _ask(office, talk.at(Step.KIND), office.phrases.say("booking_ask_kind"), buttons)


def ask_which(office: Office, talk: Talk) -> Words:
    """Of several appointments; a button moves or cancels at once."""
    phrases = office.phrases
    lines = [f"{n}. {called(office, one)}: {time_of(one, phrases)}" for n, one in enumerate(office.coming, 1)]
    key = "booking_which_cancel" if talk.deed is Deed.CANCEL else "booking_which_move"
    buttons = [
        about_button(short_day_and_time(one.begins_at, phrases.language), talk.deed, one) for one in office.coming
    ]
    return _ask(office, talk.at(Step.WHICH), "\n".join([phrases.say(key), *lines]), buttons)


def ask_channel(office: Office, talk: Talk, programme: Programme) -> Words:
    say = office.phrases.say
    buttons = [button(say(CHANNEL_LABELS[one]), talk.deed, CHANNEL, one.value) for one in programme.channels]
    return _ask(
        office,
        talk.at(Step.CHANNEL),
        say("booking_ask_channel", wat=programme.called(office.phrases.language)),
        buttons,
    )


def ask_wish(office: Office, talk: Talk, before: str = "") -> Words:
    say = office.phrases.say
    labels = {
        SOON: "button_soon",
        MORNING: "button_morning",
        AFTERNOON: "button_afternoon",
        WHENEVER: "button_whenever",
    }
    buttons = [button(say(label), talk.deed, WISH, value) for value, label in labels.items()]
    asked = say("booking_ask_wish_move" if talk.deed is Deed.MOVE else "booking_ask_wish")
    return _ask(office, talk.at(Step.WISH), f"{before} {asked}".strip(), buttons, person=False)


def ask_day_again(office: Office, talk: Talk) -> Words:
    return ask_wish(office, replace(talk, wish=replace(talk.wish, strange=None)), strange_day(office, talk.wish))


def strange_day(office: Office, wish: Wish) -> str:
    """A day was named that is over, that does not exist, or with a date that is another day of the week."""
    say, language = office.phrases.say, office.phrases.language
    if wish.strange is Strange.OTHER_WEEKDAY:
        day = min(wish.days)
        return say("booking_other_weekday", datum=in_words(day, language), wat=weekday_name(day, language))
    return say("booking_day_over" if wish.strange is Strange.PAST else "booking_no_such_day")


def ask_time(office: Office, talk: Talk, programme: Programme, before: str = "") -> Words:
    """Three times, or that there is none and who looks further."""
    found = offer(office, talk, programme)
    if found is None:
        return no_time(office, talk, again=bool(talk.offered))
    return show_times(office, found, before)


def show_times(office: Office, found: Offer, before: str = "") -> Words:
    say, talk = office.phrases.say, found.talk
    slots = talk.on_screen
    name = office.account_name(slots[0].account_id)
    if found.fitting:
        head = say("booking_free_with", naam=name) if name else say("booking_free")
    elif found.with_others:
        head = say("booking_free_others", naam=office.account_name(slots[-1].account_id) or "")
    elif found.too_far:
        head = say("booking_too_far", datum=in_words(found.too_far, office.phrases.language))
    else:
        head = say("booking_none_fit")
    text = "\n".join([f"{before} {head}".strip(), *_time_lines(office, slots)])
    return _ask(office, talk, text, _time_buttons(office, talk, slots))


def show_again(office: Office, talk: Talk) -> Words:
    """The same times once more, in other words."""
    slots = talk.on_screen
    text = "\n".join([office.phrases.say("booking_choose_again"), *_time_lines(office, slots)])
    return _ask(office, talk, text, _time_buttons(office, talk, slots))


def ask_confirm(office: Office, talk: Talk, one: Slot | Appointment) -> Words:
    """Held for a while. Whether something is needed is asked here, once, of whom nothing is known."""
    say = office.phrases.say
    person = office.person
    known = {"interpreter": person.interpreter, "access": person.access_needs} if person is not None else {}
    needs = {name: text for name, text in known.items() if text} | talk.needs
    lines = [say("booking_held", tijd=time_of(one, office.phrases)), *facts(office, one, needs)]
    lines.append(say("booking_confirm") if needs else say("booking_confirm_needs"))
    buttons = [
        button(say("button_book_it"), talk.deed, CONFIRM, YES),
        button(say("button_other_time"), talk.deed, MORE),
    ]
    if not needs:
        buttons.append(button(say("button_need_help"), talk.deed, CONFIRM, NEED))
    return _ask(office, talk.at(Step.CONFIRM), "\n".join(lines), buttons)


def ask_needs(office: Office, talk: Talk) -> Words:
    return _ask(office, talk.at(Step.NEEDS), office.phrases.say("booking_ask_needs"), [])


def ask_sure(office: Office, talk: Talk, one: Appointment) -> Words:
    say = office.phrases.say
    buttons = [
        button(say("button_sure_cancel"), Deed.CANCEL, SURE, YES),
        about_button(say("button_rather_move"), Deed.MOVE, one),
        button(say("button_keep_it"), Deed.CANCEL, SURE, NO),
    ]
    text = say("booking_ask_sure", tijd=time_of(one, office.phrases))
    return _ask(office, talk.at(Step.SURE), text, buttons, person=False)


def no_time(office: Office, talk: Talk, again: bool) -> Words:
    """A colleague looks further, and there is a phone."""
    key = "booking_no_more" if again else "booking_no_time"
    task = {"effect": BOOKING, "deed": "task", "kind": TaskKind.NO_SLOT.value}
    buttons = (human_button(office.phrases),)
    return Words(office.phrases.say(key), topic=TOPICS[talk.deed], buttons=buttons, effects=(task, *ending()))


def _time_lines(office: Office, slots: Sequence[Slot]) -> list[str]:
    """With whom, where that differs: the own caseworker, or a colleague."""
    names = [office.account_name(slot.account_id) for slot in slots]
    times = [f"{n}. {day_and_time(slot.begins_at, office.phrases.language)}" for n, slot in enumerate(slots, 1)]
    if len(set(names)) < 2:
        return times
    other = office.phrases.say("booking_a_colleague")
    return [f"{time} ({name or other})" for time, name in zip(times, names, strict=True)]


def _time_buttons(office: Office, talk: Talk, slots: Sequence[Slot]) -> list[Button]:
    first = len(talk.offered) - len(slots)
    language = office.phrases.language
    times = [
        button(short_day_and_time(slot.begins_at, language), talk.deed, SLOT, str(first + n))
        for n, slot in enumerate(slots)
    ]
    return [*times, button(office.phrases.say("button_more_times"), talk.deed, MORE)]


def _ask(office: Office, talk: Talk, text: str, buttons: Sequence[Button], person: bool = True) -> Words:
    last = (human_button(office.phrases),) if person else ()
    return Words(text, topic=TOPICS[talk.deed], buttons=(*buttons, *last), effects=keeping(talk))


def _label(name: str) -> str:
    """A button holds 25 characters."""
    shown = name[:1].upper() + name[1:]
    return shown if len(shown) <= 25 else f"{shown[:24].rstrip()}…"
