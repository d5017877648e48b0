"""The forms that content files have to fit (content/README.md)."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, model_validator

from db.models import Certainty, TopicKind
from services.content.policy import Policy
from services.content.programmes import Programmes

LANGUAGES = ("nl", "en")
MOST_ON_A_BUTTON = 25
MOST_CHARACTERS = 1000

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Line = Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]
OnButton = Annotated[str, Field(min_length=1, max_length=MOST_ON_A_BUTTON)]


class Form(BaseModel):
    """A mistyped key is refused, not passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Question(Form):
    nl: Line
    en: Line | None = None


class Label(Form):
    nl: OnButton
    en: OnButton | None = None


class Source(Form):
    text: Line
    url: HttpUrl


class Text(Form):
    answer: Line
    to_do: Line | None = None
    more: Line | None = None
    why: Line | None = None


class Answer(Form):
    valid_from: date
    valid_to: date | None
    checked_on: date
    checked_by: Line
    sources: list[Source]
    nl: Text
    en: Text | None = None

    @model_validator(mode="after")
    def period_is_not_turned_round(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self


def _follow_each_other(answers: list[Answer]) -> list[Answer]:
    for earlier, later in pairwise(answers):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            raise ValueError(f"the answer from {later.valid_from} overlaps the one before it")
    return answers


class Examples(Form):
    nl: list[Line]
    en: list[Line] = []


type Answers = Annotated[list[Answer], Field(min_length=1), AfterValidator(_follow_each_other)]


class OwnTextFile(Form):
    """The answers of one municipality in the place of the national ones of that topic."""

    id: Name
    answers: Answers


class TopicFile(Form):
    id: Name
    kind: TopicKind
    section: Name
    certainty: Certainty
    question: Question
    label: Label
    follow_up: Annotated[list[Name], Field(max_length=3)] = []
    answers: Answers
    examples: Examples


Fact = Annotated[str, Field(min_length=1, max_length=200)]
"""It stands in the middle of a sentence."""


class Contact(Form):
    phone: Fact | None = None
    website: Fact | None = None
    visit: Fact | None = None
    opening_hours: Fact | None = None
    report_changes: Fact | None = None


class Channels(Form):
    web: bool = True
    telegram: bool = False


Hours = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")]


class ChatHours(Form):
    """When somebody answers in the chat, as `09:00-17:00`. A day without hours is a day off; so is a public holiday.

    `closed`: other days off. `open_on_holidays`: holidays on which people do work here.
    """

    monday: Hours | None = None
    tuesday: Hours | None = None
    wednesday: Hours | None = None
    thursday: Hours | None = None
    friday: Hours | None = None
    saturday: Hours | None = None
    sunday: Hours | None = None
    closed: list[date] = []
    open_on_holidays: list[date] = []

    @model_validator(mode="after")
    def opens_before_it_closes(self) -> Self:
        spans = [span for span in self.model_dump(exclude={"closed", "open_on_holidays"}).values() if span]
        if not spans:
            raise ValueError("chat_hours without a single day: leave them null when they are not known")
        if any(opens >= closes for opens, closes in (span.split("-") for span in spans)):
            raise ValueError("a day closes before it opens")
        return self


class MunicipalityFile(Form):
    slug: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
    name: Line
    example: bool = False
    address_form: Literal["u", "je"] = "u"
    contact: Contact = Contact()
    policy: Policy = Policy()
    programmes: Programmes = ()
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    channels: Channels = Channels()
    chat_hours: ChatHours | None = None
    retention_days: Annotated[int, Field(ge=1, le=365)] = 30
    link_code_days: Annotated[int, Field(ge=1, le=31)] = 7
    """For how long a code holds that links a chat to a case."""


class PhraseText(Form):
    nl: Line
    en: Line | None = None
