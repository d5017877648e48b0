"""What the assistant answers about a list, together with what is to be written down with that answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from benefits.figures import Figures
from db.models import Conversation
from services.answer_topic import human_button
from services.calendar import day_and_time, day_here
from services.checklist.entries import Entry, entries_to_be, next_open, read_entries, start_among
from services.checklist.keep import Dues, plan_list
from services.checklist.tell import TOPIC, ask_day, payload, ready, tell_list, tell_thing, way
from services.checklist.things import allowances_term
from services.errors import TooFarAway
from services.phrases import Phrases
from services.reminding.moments import sensible_moment, tomorrow, week_before
from services.words import Button, ShownFigure, Words

CHECKLIST = "checklist"
"""The name of our effects; see services/checklist/effect.py."""


@dataclass(frozen=True)
class Office:
    """What every answer works with. Nothing is written while answering."""

    session: Session
    figures: Figures
    phrases: Phrases
    conversation: Conversation | None
    """None when a line is only tried: then there is no list."""
    now: datetime

    @property
    def today(self) -> date:
        return day_here(self.now)

    @property
    def term(self) -> ShownFigure | None:
        return allowances_term(self.figures, self.today)

    def entries(self) -> list[Entry]:
        return read_entries(self.session, self.conversation) if self.conversation is not None else []

    @property
    def pushes(self) -> bool:
        return self.conversation is not None and self.conversation.channel.pushes

    def plan(self, start: date | None) -> Dues:
        return plan_list(self.session, self.figures, self.conversation, start, self.now)


def answer_new(office: Office) -> list[Words]:
    """The list of this situation at once, and the question on which day it begins."""
    return _told(office, office.plan(None), lambda _entries: ask_day(office.phrases))


def answer_list(office: Office, start: date | None) -> list[Words]:
    """The list with its days; without a day, as it was."""
    try:
        dues = office.plan(start or start_among(office.entries()))
    except TooFarAway:
        return [
            Words(office.phrases.say("checklist_strange_day"), topic=TOPIC, buttons=(human_button(office.phrases),))
        ]
    return _told(office, dues, lambda entries: ready(office.phrases, entries))


def answer_thing(office: Office, key: str, deed: str) -> Words:
    """One thing, and what the button does with it."""
    entries = office.entries()
    entry = next((entry for entry in entries if entry.key == key), None)
    if entry is None:
        return _gone(office)
    match deed:
        case "done":
            return _done(office, entries, entry)
        case "open":
            return _opened(office, entries, entry)
        case "remind" | "tomorrow" | "week":
            return _reminded(office, entries, entry, deed)
        case "forget":
            told = _say(office, "checklist_not_reminded", entry)
            buttons = (*_next(office, entries, entry), _list_button(office))
            return Words(told, topic=TOPIC, buttons=buttons, effects=(_effect("forget", key),))
    return tell_thing(office.session, office.phrases, entries, entry, office.term, office.today)


def _told(office: Office, dues: Dues, closing: Callable[[Sequence[Entry]], Words]) -> list[Words]:
    entries = entries_to_be(dues, office.entries())
    plain = {key: due.isoformat() if due else None for key, due in dues.items()}
    last = replace(closing(entries), effects=({"effect": CHECKLIST, "deed": "keep", "dues": plain},))
    return tell_list(office.phrases, entries, office.term, office.today, last)


def _done(office: Office, entries: Sequence[Entry], entry: Entry) -> Words:
    effects = (_effect("done", entry.key),)
    following = next_open(entries, entry.key)
    if following is None:
        told = _say(office, "checklist_ticked_last", entry)
        return Words(told, topic=TOPIC, buttons=(_list_button(office),), way=way(office.phrases), effects=effects)
    after = [replace(one, done=True) if one.key == entry.key else one for one in entries]
    lead = _say(office, "checklist_ticked", entry)
    told_next = tell_thing(office.session, office.phrases, after, following, office.term, office.today, lead)
    return replace(told_next, effects=effects)


def _opened(office: Office, entries: Sequence[Entry], entry: Entry) -> Words:
    told = _say(office, "checklist_unticked", entry)
    buttons = (
        Button(office.phrases.say("button_remind_me"), payload(entry.key, "remind")),
        *_next(office, entries, entry),
        _list_button(office),
    )
    return Words(told, topic=TOPIC, buttons=buttons, effects=(_effect("open", entry.key),))


def _reminded(office: Office, entries: Sequence[Entry], entry: Entry, deed: str) -> Words:
    at, earlier = sensible_moment(entry.due_on, office.now), None
    if entry.due_on is not None:
        earlier = week_before(entry.due_on, office.now)
    if deed == "tomorrow" or (deed == "week" and earlier is None):
        at = tomorrow(office.now)
    elif deed == "week" and earlier is not None:
        at = earlier
    others = {"tomorrow": tomorrow(office.now), "week": earlier}
    buttons = [
        Button(office.phrases.say(label), payload(entry.key, other))
        for other, label in (("tomorrow", "button_tomorrow"), ("week", "button_week_before"))
        if others[other] not in (None, at)
    ]
    buttons.append(Button(office.phrases.say("button_no_reminder"), payload(entry.key, "forget")))
    # Where nothing can be sent, it says that one has to look.
    sentence = "checklist_reminded" if office.pushes else "checklist_reminded_here"
    told = _say(office, sentence, entry, tijd=day_and_time(at, office.phrases.language))
    effect = _effect("remind", entry.key) | {"at": at.isoformat()}
    return Words(told, topic=TOPIC, buttons=(*buttons, *_next(office, entries, entry)), effects=(effect,))


def _gone(office: Office) -> Words:
    make = Button(office.phrases.say("button_my_list"), f"/{TOPIC}")
    return Words(office.phrases.say("checklist_gone"), topic=TOPIC, buttons=(make, human_button(office.phrases)))


def _effect(deed: str, key: str) -> dict[str, Any]:
    return {"effect": CHECKLIST, "deed": deed, "key": key}


def _say(office: Office, sentence: str, entry: Entry, **more: str) -> str:
    return office.phrases.say(sentence, wat=office.phrases.say(f"checklist.{entry.key}.short"), **more)


def _next(office: Office, entries: Sequence[Entry], entry: Entry) -> list[Button]:
    following = next_open(entries, entry.key)
    return [Button(office.phrases.say("button_next_item"), payload(following.key, "show"))] if following else []


def _list_button(office: Office) -> Button:
    return Button(office.phrases.say("button_my_list"), f"/{TOPIC}")
