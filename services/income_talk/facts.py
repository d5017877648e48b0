"""What is calculated with, in words: said back after every answer, and in full with the outcome."""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.notation import euros_in_dutch
from services.calendar import in_words
from services.income_talk.ages import PARTNER, SELF
from services.income_talk.answers import Answers, Question
from services.income_talk.children import Children
from services.income_talk.situation import hourly_wage, with_defaults
from services.phrases import Phrases

WITH_HOURLY_WAGE = (Question.HOURS, Question.WAGE)


def facts(answers: Answers, about: Collection[str], phrases: Phrases, figures: FiguresOn) -> str:
    """`20 uur per week, € 15 bruto per uur`; of what was not told the default. `about`: keys of `Answers`."""
    return ", ".join(_facts(answers, about, phrases, figures))


def _facts(answers: Answers, about: Collection[str], phrases: Phrases, figures: FiguresOn) -> Iterator[str]:
    full = with_defaults(answers)
    if "worker" in about and full.get("worker") == PARTNER:
        yield phrases.say("income_talk.fact.worker")
    if "hours" in about:
        yield _hours(full, phrases)
    if "wage" in about:
        yield _wage(answers, full, phrases, figures)
    if "household" in about:
        yield phrases.say(f"income_talk.fact.household.{full['household']}")
    if "ages" in about:
        yield from _ages(full, phrases)
    if "children" in about:
        yield _children(answers.get("children") or full["children"], phrases)
    if "sharers" in about:
        yield _number(full["sharers"], "sharers", phrases)
    if "rent" in about:
        yield _rent(full, phrases)
    if "months" in about:
        key = "months" if full["months"] else "months.none"
        yield phrases.say(f"income_talk.fact.{key}", wat=str(full["months"]))
    yield from _told_by_themselves(full, about, phrases)


def _told_by_themselves(full: Answers, about: Collection[str], phrases: Phrases) -> Iterator[str]:
    if "medical" in about and full.get("medical"):
        yield phrases.say("income_talk.fact.medical")
    if "subsidised" in about and full.get("subsidised"):
        yield phrases.say("income_talk.fact.subsidised")
    if "start" in about and "start" in full:
        yield phrases.say("income_talk.fact.start", datum=in_words(date.fromisoformat(full["start"]), phrases.language))


def shown_hours(hours: str) -> str:
    """`17,5`"""
    return hours.replace(".", ",")


def _hours(full: Answers, phrases: Phrases) -> str:
    hours = full["hours"]
    if "to" in hours:
        return phrases.say("income_talk.fact.range", uren=shown_hours(hours["low"]), wat=shown_hours(hours["to"]))
    return phrases.say("income_talk.fact.hours", uren=shown_hours(hours["low"]))


def _wage(told: Answers, full: Answers, phrases: Phrases, figures: FiguresOn) -> str:
    """A net wage is told as gross too, once the hours are known."""
    wage, hourly = full["wage"], euros_in_dutch(hourly_wage(full, figures))
    if wage.get("minimum"):
        return phrases.say("income_talk.fact.wage.minimum", bedrag=hourly)
    amount = euros_in_dutch(Decimal(wage["amount"]))
    if not wage.get("net"):
        return phrases.say(f"income_talk.fact.wage.{wage['per']}", bedrag=amount)
    if "hours" not in told:
        return phrases.say("income_talk.fact.wage.net_only", bedrag=amount)
    return phrases.say("income_talk.fact.wage.net", bedrag=amount, wat=hourly)


def _ages(full: Answers, phrases: Phrases) -> Iterator[str]:
    for person, key in ((SELF, "age"), (PARTNER, "partner_age")):
        if str(person) in full["ages"]:
            yield phrases.say(f"income_talk.fact.{key}", wat=str(full["ages"][str(person)]))


def _children(children: Children, phrases: Phrases) -> str:
    ages, count = children["ages"], children.get("count", 0)
    if count > len(ages):
        return phrases.say("income_talk.fact.children.unknown", wat=str(count))
    if not ages:
        return phrases.say("income_talk.fact.children.none")
    *first, last = [str(age) for age in ages]
    key = "more" if first else "one"
    together = f" {AND[phrases.language]} ".join([", ".join(first), last]) if first else last
    return phrases.say(f"income_talk.fact.children.{key}", wat=together)


AND = {"nl": "en", "en": "and"}


def _number(number: int, what: str, phrases: Phrases) -> str:
    key = ("none", "one")[number] if number < 2 else "more"
    return phrases.say(f"income_talk.fact.{what}.{key}", wat=str(number))


def _rent(full: Answers, phrases: Phrases) -> str:
    rent = full["rent"]
    if "amount" not in rent:
        return phrases.say("income_talk.fact.rent.none")
    key = "rent.room" if rent.get("room") else "rent"
    return phrases.say(f"income_talk.fact.{key}", bedrag=euros_in_dutch(Decimal(rent["amount"])))
