"""The kinds of conversation of a municipality, as its settings tell (services/content/programmes.py checks those)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from benefits.income.ages import age_on
from db.models import BenefitKind, MeetingChannel, Municipality, Person, Perspective

UNITS = {"d": "days", "h": "hours"}
REMIND_BEFORE = ("3d", "1d", "2h")


@dataclass(frozen=True)
class Programme:
    """How often, for whom, how long, with whom and where."""

    key: str
    name: dict[str, str]
    about: dict[str, str]
    """What it is for, in a sentence; may be empty."""
    months: int | None
    minutes: int
    before: int
    after: int
    """Minutes that stay free around it."""
    channels: tuple[MeetingChannel, ...]
    """The one that is meant first stands first."""
    led_by: Literal["own", "team"]
    bring: dict[str, tuple[str, ...]]
    perspectives: tuple[Perspective, ...]
    age_from: int | None
    age_to: int | None
    benefits: tuple[BenefitKind, ...]
    notice_hours: int
    horizon_days: int
    remind_before: tuple[timedelta, ...]
    invite_days: int
    choose_days: int
    hand_days: int
    first_talk: bool
    seats: int | None
    in_use: bool
    """False: nobody is invited to it or books it any more; what was booked takes place."""

    def called(self, language: str) -> str:
        return self.name.get(language) or self.name["nl"]


def programmes_of(town: Municipality) -> dict[str, Programme]:
    """By their keys, in the order of the settings; also those that are not in use any more."""
    return {told["key"]: read_programme(told) for told in town.settings.get("programmes") or ()}


def programmes_in_use(town: Municipality) -> dict[str, Programme]:
    return {key: one for key, one in programmes_of(town).items() if one.in_use}


def fits(programme: Programme, person: Person, today: date) -> bool:
    """Whether this person is one of those it is meant for. Who has no known age fits where age makes no difference."""
    if person.closed_at is not None or not programme.in_use:
        return False
    if programme.perspectives and person.perspective not in programme.perspectives:
        return False
    if programme.benefits and person.benefit not in programme.benefits:
        return False
    if programme.age_from is None and programme.age_to is None:
        return True
    if person.born_on is None:
        return False
    return (programme.age_from or 0) <= age_on(person.born_on, today) <= (programme.age_to or 200)


def span_name(span: timedelta) -> str:
    """`3d`, `2h`: as it stands in the settings."""
    hours = int(span / timedelta(hours=1))
    return f"{hours}h" if hours % 24 else f"{hours // 24}d"


def read_programme(told: Mapping[str, Any]) -> Programme:
    bring = told.get("bring") or {}
    return Programme(
        key=told["key"],
        name=dict(told["name"]),
        about=dict(told.get("about") or {}),
        months=told.get("months"),
        minutes=told["minutes"],
        before=told.get("before", 0),
        after=told.get("after", 0),
        channels=tuple(MeetingChannel(word) for word in told["channels"]),
        led_by=told.get("led_by", "own"),
        bring={language: tuple(lines) for language, lines in bring.items()},
        perspectives=tuple(Perspective(word) for word in told.get("perspectives") or ()),
        age_from=told.get("age_from"),
        age_to=told.get("age_to"),
        benefits=tuple(BenefitKind(word) for word in told.get("benefits") or ()),
        notice_hours=told.get("notice_hours", 24),
        horizon_days=told.get("horizon_days", 42),
        remind_before=tuple(_span(name) for name in told.get("remind_before", REMIND_BEFORE)),
        invite_days=told.get("invite_days", 28),
        choose_days=told.get("choose_days", 7),
        hand_days=told.get("hand_days", 14),
        first_talk=bool(told.get("first_talk")),
        seats=told.get("seats"),
        in_use=told.get("in_use", True),
    )


def _span(name: str) -> timedelta:
    return timedelta(**{UNITS[name[-1]]: int(name[:-1])})
