"""What a line means at each step: None when it does not answer what was asked there."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from services.agenda.slot import Slot
from services.answer_topic import human_button
from services.booking_talk import asking
from services.booking_talk.lines import (
    CALLS_OFF,
    CANNOT,
    LATER,
    channel_in,
    is_meant,
    needs_in,
    ordinal_in,
    picked,
    told_needs,
    wants_more,
    wish_beside,
)
from services.booking_talk.office import Office
from services.booking_talk.reply import Line, Reply, closed, going_on, silently
from services.booking_talk.state import BOOKING, TOPICS, Deed, Step, Talk
from services.booking_talk.steps import begin, go_on, times
from services.income_talk.lines import agrees, declines, has_no_idea, is_question
from services.income_talk.numbers import plain
from services.said_clock import Hours
from services.said_time import Wish
from services.words import Words

LONGEST_REASON = 40
"""Words."""
NOT_TO_BE_SAID = ("thank", "goodbye", "greet", "affirm")


def stop(office: Office, talk: Talk) -> Reply:
    key = "booking_stopped" if talk.deed is Deed.BOOK else "booking_left_as_it_was"
    return closed(_said(office, talk, key))


def choose_kind(office: Office, talk: Talk, line: Line, wish: Wish) -> Reply | None:
    names = {key: one.called(office.phrases.language) for key, one in office.programmes.items()}
    planned = {one.programme for one in office.coming}
    open_kinds = [key for key in names if key not in planned]
    place = ordinal_in(line.text, len(open_kinds))
    text = plain(line.text)
    named = [key for key in open_kinds if plain(names[key]) in text or text.strip(" .") in plain(names[key]).split()]
    kind = open_kinds[place] if place is not None else named[0] if len(named) == 1 else None
    return go_on(office, replace(talk, programme=kind, wish=talk.wish.and_also(wish))) if kind else None


def choose_which(office: Office, talk: Talk, line: Line, wish: Wish) -> Reply | None:
    place = ordinal_in(line.text, len(office.coming))
    meant = [office.coming[place]] if place is not None else []
    if not meant and (wish.days or wish.weekdays):
        meant = [one for one in office.coming if is_meant(one.begins_at, wish)]
    return go_on(office, replace(talk, appointment=meant[0].public_id)) if len(meant) == 1 else None


def choose_channel(office: Office, talk: Talk, line: Line, wish: Wish) -> Reply | None:
    programme = office.programme_of(talk)
    if programme is None:
        return None
    found = channel_in(line.text, programme.channels)
    if found is None and (wish.whenever or has_no_idea(line.text)):
        found, wish = programme.channels[0], Wish()
    place = ordinal_in(line.text, len(programme.channels))
    channel = found or (programme.channels[place] if place is not None else None)
    talk = replace(talk, channel=channel, wish=talk.wish.and_also(wish))
    if channel is None:
        return _noted(office, talk) if wish.says_something else None
    return go_on(office, talk)


def _noted(office: Office, talk: Talk) -> Reply:
    """When it suits was told before it was asked."""
    told = office.phrases.say("booking_wish_noted")
    if talk.wish.strange:
        told, talk = asking.strange_day(office, talk.wish), replace(talk, wish=Wish())
    first, *rest = go_on(office, talk).words
    return going_on(replace(first, text=f"{told} {first.text}"), *rest)


def tell_wish(office: Office, talk: Talk, line: Line, wish: Wish) -> Reply | None:
    if has_no_idea(line.text) and not wish.says_something:
        wish = Wish(whenever=True)
    moved = office.find(talk.appointment)
    beside = wish_beside(line.text, wish, [moved.begins_at] if moved else [])
    wish = beside if beside.says_something else wish
    return go_on(office, replace(talk, wish=wish)) if wish.says_something else None


def choose_time(office: Office, talk: Talk, line: Line, wish: Wish) -> Reply | None:
    """One of those on the screen, more of them, or another wish."""
    beside = wish_beside(line.text, wish, [slot.begins_at for slot in talk.on_screen])
    if beside.says_something:
        return _beside(office, talk, beside)
    slot = picked(line.text, wish, talk.on_screen)
    if slot is None and agrees(line.text) and len(talk.on_screen) == 1:
        slot = talk.on_screen[0]
    if slot is not None:
        return take(talk, slot)
    if wish.says_something:
        return _other_wish(office, talk, wish)
    return more(office, talk) if wants_more(line.text) or declines(line.text) or _cannot(line) else None


def take(talk: Talk, slot: Slot) -> Reply:
    """Keep it free for a while; a move is done at once."""
    deed = "move" if talk.deed is Deed.MOVE else "hold"
    effect = {"effect": BOOKING, "deed": deed, "talk": talk.to_json(), "slot": slot.to_json()}
    return Reply((silently(effect),), open=talk.deed is Deed.BOOK)


def more(office: Office, talk: Talk) -> Reply:
    programme = office.programme_of(talk)
    return times(office, talk, programme) if programme else go_on(office, talk)


def confirm(office: Office, talk: Talk, line: Line, wish: Wish) -> Reply | None:
    told = needs_in(line.text)
    talk = replace(talk, needs=talk.needs | told)
    if agrees(line.text) or (told and plain(line.text).startswith("ja")):
        return book_it(talk)
    if told:
        return held_again(talk)
    beside = wish_beside(line.text, wish, [slot.begins_at for slot in talk.on_screen])
    if beside.says_something:
        return _beside(office, talk, beside)
    if wish.says_something:
        return _other_wish(office, talk, wish)
    other = declines(line.text) or wants_more(line.text) or _cannot(line) or LATER.search(plain(line.text))
    return more(office, talk) if other else None


def book_it(talk: Talk) -> Reply:
    return Reply((silently({"effect": BOOKING, "deed": "book", "talk": talk.to_json()}),), open=False)


def held_again(talk: Talk) -> Reply:
    """Asked once more whether it is right, with what is known by now."""
    return going_on(silently({"effect": BOOKING, "deed": "again", "talk": talk.to_json()}))


def tell_needs(office: Office, talk: Talk, line: Line, wish: Wish) -> Reply | None:
    needs = {} if declines(line.text) else told_needs(line.text)
    return held_again(replace(talk, needs=talk.needs | needs))


def make_sure(office: Office, talk: Talk, line: Line, wish: Wish) -> Reply | None:
    text = plain(line.text)
    if LATER.search(text):
        return begin(office, Deed.MOVE, Line(line.text, line.topic, reference=talk.appointment))
    if agrees(line.text) or CALLS_OFF.search(text):
        return cancel_it(office, talk)
    return stop(office, talk) if declines(line.text) else None


def cancel_it(office: Office, talk: Talk) -> Reply:
    one = office.find(talk.appointment)
    if one is None:
        return go_on(office, talk)
    effect = {"effect": BOOKING, "deed": "cancel", "appointment": one.public_id, "version": one.version}
    return Reply((silently(effect),), open=False)


def give_reason(office: Office, talk: Talk, line: Line, wish: Wish) -> Reply | None:
    """Whatever it is, it is written down, when it comes right after the question; nobody has to."""
    if not office.just_asked:
        return None
    if declines(line.text) or has_no_idea(line.text):
        return no_reason(office, talk)
    if line.topic in NOT_TO_BE_SAID or is_question(line.text) or len(line.text.split()) > LONGEST_REASON:
        return None
    return with_reason(office, talk, line.text)


def with_reason(office: Office, talk: Talk, reason: str) -> Reply:
    effect = {"effect": BOOKING, "deed": "reason", "appointment": talk.appointment, "reason": reason[:500]}
    return closed(_said(office, talk, "booking_reason_noted", effect))


def no_reason(office: Office, talk: Talk) -> Reply:
    return closed(_said(office, talk, "booking_no_reason"))


def _other_wish(office: Office, talk: Talk, wish: Wish) -> Reply:
    return go_on(office, replace(talk, wish=talk.wish.and_also(wish), offered=(), shown=0))


def _beside(office: Office, talk: Talk, wish: Wish) -> Reply:
    """Other hours take the place of those before: they turned out not to suit."""
    kept = talk.wish if wish.hours == Hours() else replace(talk.wish, hours=Hours())
    return _other_wish(office, replace(talk, wish=kept), wish)


def _cannot(line: Line) -> bool:
    """None of what is on the screen suits."""
    return CANNOT.search(plain(line.text)) is not None


def _said(office: Office, talk: Talk, key: str, *effects: dict[str, Any]) -> Words:
    buttons = (human_button(office.phrases),)
    return Words(
        office.phrases.say(key), topic=TOPICS[talk.deed], buttons=buttons, effects=(*effects, *asking.ending())
    )


HANDLERS: dict[Step, Callable[[Office, Talk, Line, Wish], Reply | None]] = {
    Step.KIND: choose_kind,
    Step.WHICH: choose_which,
    Step.CHANNEL: choose_channel,
    Step.WISH: tell_wish,
    Step.CHOOSE: choose_time,
    Step.CONFIRM: confirm,
    Step.NEEDS: tell_needs,
    Step.SURE: make_sure,
    Step.REASON: give_reason,
}
