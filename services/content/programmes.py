"""The kinds of conversation that a municipality holds, typed: for whom, how often, how long, and what to bring.

Kept in the municipality's settings under `programmes` and read there by `services/agenda/programmes.py`: the names of
the keys are the same.
"""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from db.models import BenefitKind, MeetingChannel, Perspective
from services.content.policy import Form

MOST_PROGRAMMES = 20

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Called = Annotated[str, Field(min_length=1, max_length=40)]
"""It stands in the middle of a sentence: `een contactgesprek`."""
Said = Annotated[str, Field(min_length=1, max_length=200)]
Span = Annotated[str, Field(pattern=r"^[1-9]\d?[dh]$")]
"""`3d` is three days, `2h` two hours."""
Days = Annotated[int, Field(ge=1, le=90)]
Age = Annotated[int, Field(ge=16, le=100)]
Buffer = Annotated[int, Field(ge=0, le=120)]


class Name(Form):
    nl: Called
    en: Called


class About(Form):
    """What it is for, in a sentence that stands in the invitation."""

    nl: Said
    en: Said


class Bring(Form):
    """What to take along, a line each."""

    nl: Annotated[tuple[Said, ...], Field(max_length=8)] = ()
    en: Annotated[tuple[Said, ...], Field(max_length=8)] = ()

    @model_validator(mode="after")
    def says_the_same(self) -> Self:
        if len(self.nl) != len(self.en):
            told = {"dutch": len(self.nl), "english": len(self.en)}
            raise PydanticCustomError(
                "lines_differ", "{dutch} lines in Dutch and {english} in English: each line needs its other", told
            )
        return self


class ProgrammeForm(Form):
    """Whoever fits `perspectives`, ages and `benefits` (empty: everybody) is asked once in so many `months`."""

    key: Key
    name: Name
    about: About | None = None
    months: Annotated[int, Field(ge=1, le=60)] | None = None
    """None: nobody becomes due for it; it is held when somebody asks."""
    minutes: Annotated[int, Field(ge=10, le=480)]
    before: Buffer = 0
    after: Buffer = 0
    """Minutes that stay free around it."""
    channels: Annotated[tuple[MeetingChannel, ...], Field(min_length=1)]
    led_by: Literal["own", "team"] = "own"
    """"own": the own caseworker, and the team when that one has no time."""
    bring: Bring = Bring()
    perspectives: tuple[Perspective, ...] = ()
    age_from: Age | None = None
    age_to: Age | None = None
    benefits: tuple[BenefitKind, ...] = ()
    notice_hours: Annotated[int, Field(ge=0, le=336)] = 24
    """How long ahead it has to be booked, moved or cancelled at the latest."""
    horizon_days: Annotated[int, Field(ge=1, le=366)] = 42
    """How far ahead times are offered."""
    remind_before: Annotated[tuple[Span, ...], Field(max_length=5)] = ("3d", "1d", "2h")
    invite_days: Days = 28
    """Days before it is due that the invitation goes out."""
    choose_days: Days = 7
    """Days after the invitation that somebody who chose no time is reminded."""
    hand_days: Days = 14
    """Days after the invitation that a caseworker gets the task to be in touch."""
    first_talk: bool = False
    """The one that somebody whose chat is not linked asks for."""
    seats: Annotated[int, Field(ge=2, le=200)] | None = None
    """Of a conversation in a group."""
    in_use: bool = True
    """False: nobody is invited to it or books it any more; what was booked takes place."""

    @model_validator(mode="after")
    def does_not_contradict_itself(self) -> Self:
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise PydanticCustomError("ages_turned_round", "age_to lies below age_from")
        if self.hand_days <= self.choose_days:
            told = "hand_days has to be more than choose_days: first the reminder, then the task"
            raise PydanticCustomError("task_before_reminder", told)
        if self.first_talk and self.led_by != "team":
            raise PydanticCustomError("first_not_with_team", "first_talk is held with the team: led_by has to be team")
        if self.first_talk and self.months is not None:
            raise PydanticCustomError("first_comes_again", "first_talk comes once: months has to be null")
        return self


def _no_key_twice(programmes: tuple[ProgrammeForm, ...]) -> tuple[ProgrammeForm, ...]:
    keys = [programme.key for programme in programmes]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise PydanticCustomError("key_twice", "the key {keys} stands in it twice", {"keys": ", ".join(twice)})
    if sum(programme.first_talk and programme.in_use for programme in programmes) > 1:
        raise PydanticCustomError("first_talk_twice", "only one of them can be first_talk")
    return programmes


Programmes = Annotated[tuple[ProgrammeForm, ...], Field(max_length=MOST_PROGRAMMES), AfterValidator(_no_key_twice)]
