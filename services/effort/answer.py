"""What the assistant answers about looking for work: it writes down, shows, corrects, encourages; it never judges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_timedelta
from sqlalchemy.orm import Session

from db.models import Conversation, EffortKind, Message, Person, SearchEffort, SearchPeriod
from services.answer_topic import human_button, topic_buttons
from services.calendar import day_here, in_words
from services.effort.hear import Deed, HeardEffort, hear_effort, hear_more
from services.effort.keep import efforts_told, last_told
from services.effort.period import LONGEST, days_left, period_of
from services.people.person import person_of
from services.phrases import Phrases
from services.words import Button, Words

TOPIC = "log_search_effort"
EFFORT = "effort"
"""The name of our effect; see services/effort/effect.py."""
SHOWN = 10
YESTERDAY, STEPS = "yesterday", "steps"


@dataclass(frozen=True)
class Office:
    """What every answer works with. Nothing is written while answering."""

    session: Session
    phrases: Phrases
    conversation: Conversation | None
    """None when a line is only tried."""
    now: datetime

    @property
    def today(self) -> date:
        return day_here(self.now)

    @property
    def person(self) -> Person | None:
        return person_of(self.session, self.conversation) if self.conversation is not None else None

    def period(self) -> SearchPeriod | None:
        person = self.person
        return period_of(self.session, person.municipality_id, person.id, self.today) if person else None

    def told(self) -> Sequence[SearchEffort]:
        return efforts_told(self.session, self.conversation) if self.conversation is not None else []


def answer_effort(office: Office, text: str, chosen: Mapping[str, Any], asked: bool = False) -> Words:
    """`chosen`: what a button brought; `asked`: the line answers the question what was done."""
    match chosen.get("kind"):
        case "yesterday" | "remove":
            return _corrected(office, chosen)
        case "list":
            return tell_efforts(office)
        case "steps":
            return Words(office.phrases.say("effort_steps"), topic=TOPIC, buttons=_buttons(office))
    return answer_heard(office, hear_effort(text, office.today, asked), text)


def answer_heard(office: Office, heard: HeardEffort, text: str) -> Words:
    match heard.deed:
        case Deed.TELL:
            return _kept(office, _like_the_last(office, heard, text), text)
        case Deed.MOVE | Deed.REMOVE:
            return _last_corrected(office, heard)
        case Deed.LIST:
            return tell_efforts(office)
        case Deed.PLAN:
            return Words(office.phrases.say("effort_plan"), topic=TOPIC, buttons=_buttons(office))
    return ask_effort(office)


def ask_effort(office: Office, again: bool = False) -> Words:
    key = "effort_ask_again" if again else "effort_ask"
    return Words(office.phrases.say(key), topic=TOPIC, buttons=_buttons(office))


def tell_efforts(office: Office) -> Words:
    """The list in the resident's own words, and how long a period still lasts."""
    told, phrases = office.told(), office.phrases
    if not told:
        return Words(
            "\n".join([phrases.say("effort_none"), *_time_left(office)]), topic=TOPIC, buttons=_buttons(office)
        )
    lines = [f"**{phrases.say('effort_list')}**", *(f"- {line_of(phrases, effort)}" for effort in told[:SHOWN])]
    if len(told) > SHOWN:
        lines.append(phrases.say("effort_more", wat=str(len(told) - SHOWN)))
    last = max(told, key=lambda effort: effort.id)
    buttons = (_deed_button(phrases, "button_remove_last", "remove", last.told_at), *_buttons(office, listed=True))
    return Words("\n".join([*lines, *_time_left(office), _who_sees(office)]), topic=TOPIC, buttons=buttons)


def line_of(phrases: Phrases, effort: SearchEffort) -> str:
    """`23 november 2026, gesolliciteerd: "bij de Jumbo"`"""
    kind = phrases.say(f"effort_kind.{effort.kind.value}")
    return f"{in_words(effort.day, phrases.language)}, {kind}: “{effort.text}”"


def say_search_period(
    session: Session, phrases: Phrases, planned: Message, conversation: Conversation, now: datetime
) -> Words | None:
    """None when the period was called off."""
    period = session.get(SearchPeriod, int((planned.about or ":0").partition(":")[2]))
    if period is None or period.municipality_id != planned.municipality_id or period.ended_at is not None:
        return None
    office = Office(session, phrases, conversation, now)
    if period.ends_on < office.today:
        return None
    lines = [phrases.say("effort_reminder"), *_time_left(office), phrases.say("effort_steps")]
    return Words("\n".join(lines), topic=TOPIC, buttons=_buttons(office, steps=False))


def _like_the_last(office: Office, heard: HeardEffort, text: str) -> HeardEffort:
    """Who goes on with "en bij de Action" did there what he told just before."""
    last = last_told(office.session, office.conversation) if office.conversation is not None else None
    if last is None or heard.kind is not EffortKind.OTHER or hear_more(text, office.today) is None:
        return heard
    return replace(heard, kind=last.kind)


def _kept(office: Office, heard: HeardEffort, text: str) -> Words:
    phrases, day = office.phrases, heard.day or office.today
    told_at = office.now.isoformat()
    effect = {"effect": EFFORT, "deed": "keep", "kind": heard.kind.value, "day": day.isoformat(), "text": text}
    when, kind = in_words(day, phrases.language), phrases.say(f"effort_kind.{heard.kind.value}")
    lines = [phrases.say("effort_kept", wat=kind, datum=when), *_time_left(office), _who_sees(office)]
    buttons = [_deed_button(phrases, "button_remove_this", "remove", office.now), *_buttons(office)]
    if heard.day is None:
        buttons.insert(0, _deed_button(phrases, "button_was_yesterday", YESTERDAY, office.now))
    return Words("\n".join(lines), topic=TOPIC, buttons=tuple(buttons), effects=(effect | {"told_at": told_at},))


def _last_corrected(office: Office, heard: HeardEffort) -> Words:
    last = last_told(office.session, office.conversation) if office.conversation is not None else None
    if last is None:
        return tell_efforts(office)
    return _change(office, heard.deed, last.told_at, heard.day)


def _corrected(office: Office, chosen: Mapping[str, Any]) -> Words:
    """By a button, which names what it is about by the moment at which that was told."""
    told = {effort.told_at.isoformat(): effort for effort in reversed(office.told())}
    effort = told.get(str(chosen.get("topic")))
    if effort is None:
        return Words(office.phrases.say("effort_gone"), topic=TOPIC, buttons=_buttons(office))
    if chosen.get("kind") == YESTERDAY:
        return _change(office, Deed.MOVE, effort.told_at, day_here(effort.told_at) - timedelta(days=1))
    return _change(office, Deed.REMOVE, effort.told_at, None)


def _change(office: Office, deed: Deed, told_at: datetime, day: date | None) -> Words:
    effect: dict[str, Any] = {"effect": EFFORT, "deed": deed.value, "told_at": told_at.isoformat()}
    if deed is Deed.REMOVE or day is None:
        return Words(office.phrases.say("effort_removed"), topic=TOPIC, buttons=_buttons(office), effects=(effect,))
    told = office.phrases.say("effort_moved", datum=in_words(day, office.phrases.language))
    return Words(told, topic=TOPIC, buttons=_buttons(office), effects=(effect | {"day": day.isoformat()},))


def _time_left(office: Office) -> list[str]:
    """Of somebody whose period runs or is about to begin."""
    period = office.period()
    if period is None:
        return []
    language = office.phrases.language
    if period.begins_on > office.today:
        return [office.phrases.say("effort_period_begins", datum=in_words(period.begins_on, language))]
    left, locale = timedelta(days=days_left(period, office.today)), "en_GB" if language == "en" else "nl"
    # So high a threshold that it never rounds to weeks or months.
    days = format_timedelta(left, granularity="day", threshold=LONGEST.days + 1, locale=locale)
    return [office.phrases.say("effort_period", datum=in_words(period.ends_on, language), wat=days)]


def _who_sees(office: Office) -> str:
    return office.phrases.say("effort_seen" if office.person is not None else "effort_not_seen")


def _buttons(office: Office, listed: bool = False, steps: bool = True) -> tuple[Button, ...]:
    phrases, buttons = office.phrases, list[Button]()
    if not listed:
        buttons.append(Button(phrases.say("button_effort_list"), f'/{TOPIC}{{"kind": "list"}}'))
    if steps and office.period() is not None:
        buttons.append(Button(phrases.say("button_effort_steps"), f'/{TOPIC}{{"kind": "{STEPS}"}}'))
    if office.person is None:
        buttons += topic_buttons(office.session, phrases, ("link_case",))
    return (*buttons, human_button(phrases))


def _deed_button(phrases: Phrases, label: str, deed: str, told_at: datetime) -> Button:
    return Button(phrases.say(label), f'/{TOPIC}{{"topic": "{told_at.isoformat()}", "kind": "{deed}"}}')
