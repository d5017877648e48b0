"""What is known of a situation by now, by question: the form in which it is stored between two lines."""

from enum import StrEnum
from typing import Any, TypedDict, cast

from services.income_talk.children import Children, all_ages_known
from services.income_talk.hours import Hours
from services.income_talk.household import Household
from services.income_talk.rent import Rent
from services.income_talk.wage import Wage


class Question(StrEnum):
    """In the order in which they are asked."""

    HOURS = "hours"
    WAGE = "wage"
    HOUSEHOLD = "household"
    AGES = "ages"
    CHILDREN = "children"
    SHARERS = "sharers"
    RENT = "rent"
    MONTHS = "months"


class Answers(TypedDict, total=False):
    """A question that was skipped stands under `skipped`; then its default is used, and said."""

    hours: Hours
    wage: Wage
    household: Household
    ages: dict[str, int]
    """By person: "0" who asks, "1" the partner."""
    children: Children
    sharers: int
    rent: Rent
    months: int
    medical: bool
    """Told of one's own accord; never asked."""
    subsidised: bool
    """With loonkostensubsidie; likewise."""
    worker: int
    """Whose work it is about: 1 for the partner's."""
    start: str
    skipped: list[str]
    last: str
    """The question that was answered last: "nee wacht, 24" is about that one."""


def from_stored(stored: dict[str, Any]) -> Answers:
    return cast(Answers, dict(stored))


def is_couple(answers: Answers) -> bool:
    return answers.get("household") == Household.WITH_PARTNER


def ages_wanted(answers: Answers) -> int:
    return 2 if is_couple(answers) else 1


def is_answered(answers: Answers, question: Question) -> bool:
    """Whether nothing about it is left to ask."""
    if question in answers.get("skipped", ()):
        return True
    match question:
        case Question.HOURS:
            hours = answers.get("hours")
            return hours is not None and ("to" not in hours or hours.get("both", False))
        case Question.AGES:
            return len(answers.get("ages", {})) >= ages_wanted(answers)
        case Question.CHILDREN:
            children = answers.get("children")
            return children is not None and all_ages_known(children) and _fits(answers, children)
    return question in answers


def _fits(answers: Answers, children: Children) -> bool:
    """Who lives alone with children has at least one."""
    return bool(children["ages"]) or answers.get("household") != Household.WITH_CHILDREN


def put(answers: Answers, changes: Answers) -> Answers:
    """The newest that was told holds; what is told is not skipped any more."""
    ages = {**answers.get("ages", {}), **changes.get("ages", {})}
    merged = cast(Answers, {**answers, **changes})
    if ages:
        merged["ages"] = ages
    skipped = [one for one in answers.get("skipped", []) if one not in changes]
    merged["skipped"] = [*skipped, *(one for one in changes.get("skipped", []) if one not in skipped)]
    if not merged["skipped"]:
        del merged["skipped"]
    return merged
