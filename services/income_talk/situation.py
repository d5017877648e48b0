"""From what was told to the document that is calculated (docs/income.md); what was skipped has its default here."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from benefits.income.ages import ADULT, WITH_EXEMPTIONS
from benefits.income.gross_from_net import gross_from_net
from benefits.income.law import FiguresOn, IncomeLaw
from benefits.income.wage import FOUR_WEEKS, MONTHS, WEEKS
from benefits.money import to_cents
from services.income_talk.ages import PARTNER, SELF
from services.income_talk.answers import Answers, Question, is_couple
from services.income_talk.children import Children
from services.income_talk.hours import Hours
from services.income_talk.household import Household
from services.income_talk.wage import MINIMUM, Wage

SOME_HOURS: Hours = {"low": "20"}
SOME_AGE, SOME_CHILD = 30, 8
LAST_OLD_YEAR = 2026
"""After this year months are those of the new exemption (art. 34a Pw)."""
IN_A_MONTH = {
    "hour": None, "week": Decimal(WEEKS) / MONTHS, "four_weeks": Decimal(FOUR_WEEKS) / MONTHS, "month": Decimal(1),
    "year": Decimal(1) / MONTHS,
}  # fmt: skip

type Policy = dict[str, Any]


def with_defaults(answers: Answers) -> Answers:
    """What is not known gets what most people have; each of these is said when it is skipped."""
    children: Children = {"ages": [SOME_CHILD]} if answers.get("household") == Household.WITH_CHILDREN else {"ages": []}
    ages = {str(person): SOME_AGE for person in ((SELF, PARTNER) if is_couple(answers) else (SELF,))}
    full: Answers = {
        "hours": SOME_HOURS,
        "wage": MINIMUM,
        "household": Household.ALONE,
        "children": children,
        "sharers": 0,
        "rent": {},
        "months": 0,
        **answers,
    }
    full["ages"] = {**ages, **answers.get("ages", {})}
    told = full["children"]
    missing = max(0, told.get("count", 0) - len(told["ages"]))
    full["children"] = {"ages": [*told["ages"], *[SOME_CHILD] * missing] or children["ages"]}
    return full


def as_document(answers: Answers, today: date, law: IncomeLaw, policy: Policy) -> dict[str, Any]:
    """Fit for JSON. Ages become dates of birth that make people just that old on the day."""
    known = with_defaults(answers)
    on = day_of(known, today)
    children = [age for age in known["children"]["ages"] if age < ADULT]
    grown_up = sum(age >= WITH_EXEMPTIONS for age in known["children"]["ages"])
    household = {
        "type": household_type(known),
        "birth_dates": [_born(age, on) for age in _ages(known)],
        "children": [{"birth_date": _born(age, on)} for age in children],
        "cost_sharers": known["sharers"] + grown_up,
    }
    return {
        "on": on.isoformat(),
        "household": household,
        "housing": _housing(known),
        "work": [_work(known, law.on(on), on)],
        "municipality": {
            "grants_exemption": policy.get("exemption_25") is not False,
            "anticipates_34a": policy.get("anticipates_34a") is True,
        },
    }


def day_of(answers: Answers, today: date) -> date:
    """The day on which work begins, when that was told."""
    start = answers.get("start")
    return max(today, date.fromisoformat(start)) if start else today


def household_type(answers: Answers) -> str:
    """In the words of the law; a child of 18 or older is no child there."""
    if is_couple(answers):
        return "paar"
    young = any(age < ADULT for age in answers.get("children", {"ages": []})["ages"])
    return "alleenstaande_ouder" if young else "alleenstaande"


def until_hours(answers: Answers) -> Decimal | None:
    """The other end of a range of hours."""
    to = answers.get("hours", SOME_HOURS).get("to")
    return Decimal(to) if to else None


def hourly_wage(answers: Answers, figures: FiguresOn) -> Decimal:
    """Gross. A wage of a month belongs to the hours that were told: of a range to those halfway."""
    wage, low = answers["wage"], Decimal(answers["hours"]["low"])
    hours = (low + (until_hours(answers) or low)) / 2
    if wage.get("minimum"):
        return _minimum(_ages(answers)[_worker(answers)], figures)
    return _per_hour(wage, hours, figures)


def by_the_hour(answers: Answers, figures: FiguresOn) -> Answers:
    """With other hours a wage of a month would stay what it was; so it becomes one of an hour before they change."""
    wage = answers.get("wage")
    if wage is None or "hours" not in answers or wage.get("minimum") or (wage["per"] == "hour" and not wage.get("net")):
        return answers
    hourly = f"{hourly_wage(with_defaults(answers), figures):.2f}"
    return cast(Answers, {**answers, "wage": {"amount": hourly, "per": "hour"}})


def _per_hour(wage: Wage, hours: Decimal, figures: FiguresOn) -> Decimal:
    amount, factor = Decimal(wage["amount"]), IN_A_MONTH[wage["per"]]
    if factor is None and not wage.get("net"):
        return amount
    weeks = hours * WEEKS / MONTHS
    month = amount * (weeks if factor is None else factor)
    return to_cents((gross_from_net(month, figures) if wage.get("net") else month) / weeks)


def _minimum(age: int, figures: FiguresOn) -> Decimal:
    return figures["wml_uur.21+" if age >= 21 else f"wml_uur.{max(age, ADULT)}"]


def _worker(answers: Answers) -> int:
    return answers.get("worker", SELF) if is_couple(answers) else SELF


def _ages(answers: Answers) -> list[int]:
    people = (SELF, PARTNER) if is_couple(answers) else (SELF,)
    return [answers["ages"].get(str(person), SOME_AGE) for person in people]


def _housing(answers: Answers) -> dict[str, Any]:
    rent = answers["rent"]
    return {"kale_huur": rent.get("amount"), "zelfstandig": not rent.get("room", False)}


def _work(answers: Answers, figures: FiguresOn, on: date) -> dict[str, Any]:
    """The first months were those of the exemption for everybody; more can only have been another one."""
    months, first = answers["months"], int(figures["pw_vrijlating_n_maanden"]) if on.year <= LAST_OLD_YEAR else 0
    later = max(0, months - first)
    return {
        "person": _worker(answers),
        "hours_per_week": float(answers["hours"]["low"]),
        "hourly_wage": f"{hourly_wage(answers, figures):.2f}",
        "months_with_n": min(months, first),
        "months_with_r": later if on.year <= LAST_OLD_YEAR else 0,
        "months_with_z": later if on.year <= LAST_OLD_YEAR and answers.get("subsidised") else 0,
        "months_with_34a": min(months, (on.year - LAST_OLD_YEAR - 1) * 12 + on.month - 1)
        if on.year > LAST_OLD_YEAR
        else 0,
        "medisch_urenbeperkt": answers.get("medical", False),
        "doelgroep_lks": answers.get("subsidised", False),
    }


def _born(age: int, on: date) -> str:
    """29 February: the day before it, in years without one."""
    year = on.year - age
    day = 28 if (on.month, on.day) == (2, 29) else on.day
    return date(year, on.month, day).isoformat()


def applies(answers: Answers, question: Question, on: date) -> bool:
    """Whether the outcome can depend on it: who lives alone is not asked for children, the young not for months."""
    if question is Question.CHILDREN:
        return answers.get("household") != Household.ALONE
    if question is Question.MONTHS and on.year <= LAST_OLD_YEAR:
        age = answers.get("ages", {}).get(str(_worker(answers)), SOME_AGE)
        return age >= WITH_EXEMPTIONS or bool(answers.get("subsidised"))
    return True
