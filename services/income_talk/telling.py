"""What one line tells: every recogniser looks at it, and the question that waits may read numbers without a name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast

from services.income_talk.ages import PARTNER, PARTNER_WORDS, SELF, ages_alone, take_ages
from services.income_talk.answers import Answers, Question, ages_wanted
from services.income_talk.children import Children, children_alone, take_children, take_extra_child
from services.income_talk.hours import hours_alone, plus, take_hours, take_more_hours
from services.income_talk.household import (
    Household,
    household_alone,
    sharers_alone,
    take_household,
    take_sharers,
)
from services.income_talk.months import months_alone, take_months, take_start
from services.income_talk.numbers import plain
from services.income_talk.rent import rent_alone, take_rent
from services.income_talk.wage import take_amount_as_wage, take_wage, wage_alone

PARTNER_WORKS = re.compile(
    rf"\b{PARTNER_WORDS}\b (?:gaat|kan|wil|zou|begint|krijgt|heeft|will|can|could|wants|starts|is going)\b"
    r"(?!.{0,20}\bniet\b)"
    rf"|\b{PARTNER_WORDS}\b.{{0,40}}\b(?:zij|ze|hij|she|he)\b.{{0,25}}\b(?:werk|work|begin|start)"
)
MEDICAL = re.compile(r"\bmedisch(?:e)? urenbeperk\w+|\burenbeperking\b")
SUBSIDISED = re.compile(r"\bloonkostensubsidie\b|\bdoelgroep ?register\b|\bbanenafspraak\b")
CORRECTS = re.compile(
    r"^(?:(?:nee|no|oh|o|ja|maar)\b[\s,]*)*(?:wacht|wait|sorry|oeps|foutje|toch|ik bedoel(?:de)?|i mean(?:t)?"
    r"|eigenlijk|actually|"
    r"correctie|verkeerd|dat klopt niet)\b[\s,:!.]*(?:even|nee|het is|dat is|ik bedoel|toch)?"
)
"""Somebody takes something back: a plain no at the beginning of it is no answer."""


WHEN_ASKED: dict[Question, Callable[[str], object]] = {
    Question.HOURS: hours_alone,
    Question.WAGE: wage_alone,
    Question.CHILDREN: children_alone,
    Question.SHARERS: sharers_alone,
    Question.RENT: rent_alone,
    Question.MONTHS: months_alone,
}


@dataclass(frozen=True)
class Before:
    """What was known before this line, and which question waits for an answer."""

    answers: Answers
    waiting: Question | None
    today: date


def changes_in(line: str, before: Before) -> Answers:
    """What the line tells that is new or different; empty when it tells nothing of this kind."""
    text = plain(line)
    changes, rest = _named(text, before)
    waiting, corrects = before.waiting, CORRECTS.match(text) is not None
    if corrects and not changes:
        return _corrected(text, before)
    if waiting and waiting not in changes and not corrects:
        changes |= _unnamed(waiting, rest, text, before, changes)
    if "wage" not in changes and waiting not in (Question.WAGE, Question.RENT):
        wage, rest = take_amount_as_wage(rest)
        if wage:
            changes["wage"] = wage
    return changes


def _corrected(text: str, before: Before) -> Answers:
    """`nee wacht, 24` is about what was answered last; when that was nothing of the kind, about what is asked."""
    rest, last = CORRECTS.sub("", text), before.answers.get("last")
    for question in (Question(last) if last else None, before.waiting):
        if question and (found := _unnamed(question, rest, rest, before, Answers())):
            return found
    return {}


def _named(text: str, before: Before) -> tuple[Answers, str]:
    """What says itself what it is. Each recogniser takes its words away, so that no number is read twice."""
    changes, rest = _of_people(text, before)
    more, rest = take_more_hours(rest)
    known = before.answers.get("hours")
    if more is not None and known:
        moved = plus(known, more)
        if moved:
            changes["hours"] = moved
    start, rest = take_start(rest, before.today)
    if start:
        changes["start"] = start.isoformat()
    months, rest = take_months(rest)
    if months is not None:
        changes["months"] = months
    rent, rest = take_rent(rest)
    if rent is not None:
        changes["rent"] = rent
    wage, rest = take_wage(rest)
    if wage:
        changes["wage"] = wage
    hours, rest = take_hours(rest)
    if hours and "hours" not in changes:
        changes["hours"] = hours
    ages, rest = take_ages(rest, before.today)
    if ages:
        changes["ages"] = {str(person): age for person, age in ages.items()}
    return changes, rest


def _of_people(text: str, before: Before) -> tuple[Answers, str]:
    """Partner, children and other people in the home, and flags that need no number."""
    changes: Answers = {}
    if MEDICAL.search(text):
        changes["medical"] = True
    if SUBSIDISED.search(text):
        changes["subsidised"] = True
    if PARTNER_WORKS.search(text):
        changes["worker"] = PARTNER
    household, rest = take_household(text)
    sharers, rest = take_sharers(rest)
    if sharers is not None:
        changes["sharers"] = sharers
    more, rest = take_extra_child(rest)
    children: Children | None
    if more:
        children = {"ages": [*before.answers.get("children", {"ages": []})["ages"], 0]}
    else:
        children, rest = take_children(rest)
    if children is not None:
        changes["children"] = children
    return _with_household(changes, household, before), rest


def _with_household(changes: Answers, household: Household | None, before: Before) -> Answers:
    """Children without a partner, and relatives in the home, say something of the household too."""
    known = before.answers.get("household")
    children = changes.get("children")
    if household is Household.ALONE and children and (children["ages"] or children.get("count")):
        household = Household.WITH_CHILDREN
    if household is None and "sharers" in changes and known is None and before.waiting is Question.HOUSEHOLD:
        household = Household.ALONE
    if household is None and children and known == Household.ALONE and (children["ages"] or children.get("count")):
        household = Household.WITH_CHILDREN
    if household is not None:
        changes["household"] = household
    return changes


def _unnamed(waiting: Question, rest: str, text: str, before: Before, changes: Answers) -> Answers:
    """The answer to the question that waits, in as few words as people use."""
    if waiting is Question.AGES:
        return _ages_alone(rest, before)
    if waiting is Question.HOUSEHOLD:
        household = household_alone(text)
        return _with_household({**changes, "household": household}, household, before) if household else {}
    found = WHEN_ASKED[waiting](rest)
    return {} if found is None else cast(Answers, {waiting.value: found})


def _ages_alone(rest: str, before: Before) -> Answers:
    known = before.answers.get("ages", {})
    first = PARTNER if str(SELF) in known else SELF
    wanted = 1 if first == PARTNER else ages_wanted(before.answers)
    found = ages_alone(rest, before.today, wanted, first)
    return {"ages": {str(person): age for person, age in found.items()}} if found else {}
