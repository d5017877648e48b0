"""A situation from plain data, checked key by key. Raises ScenarioWrong naming the first key that is wrong."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from benefits.income.fields import Fields
from benefits.income.law import IncomeLaw
from benefits.income.possible import check_possible
from benefits.income.scenario import Household, HouseholdType, Housing, Municipality, Scenario, Work

TOP = {"on", "household", "housing", "wealth", "work", "municipality"}
HOUSEHOLD = {"type", "birth_dates", "children", "cost_sharers", "parents_can_support"}
HOUSING = {"kale_huur", "zelfstandig"}
MONTHS = {"months_with_n", "months_with_r", "months_with_z", "months_with_34a"}
WORK = {"person", "hours_per_week", "hourly_wage", "medisch_urenbeperkt", "doelgroep_lks"} | MONTHS
MUNICIPALITY = {"grants_exemption", "anticipates_34a"}
HOURS_IN_A_WEEK = Decimal(168)


def read_scenario(content: object, today: date, law: IncomeLaw) -> Scenario:
    """`today` is the day that is meant when `on` is not there."""
    top = Fields.of("", content, TOP)
    scenario = Scenario(
        on=top.day("on", top.content.get("on", today)),
        household=_household(top.required("household")),
        housing=_housing(top.content.get("housing", {})),
        wealth=top.amount("wealth", top.content.get("wealth", 0)),
        work=tuple([_work(number, work) for number, work in enumerate(top.items("work", []))]),
        municipality=_municipality(top.content.get("municipality", {})),
    )
    check_possible(scenario, law)
    return scenario


def _household(content: object) -> Household:
    fields = Fields.of("household", content, HOUSEHOLD)
    kind = fields.required("type")
    if not isinstance(kind, str) or kind not in set(HouseholdType):
        fields.wrong("type", f"has to be one of {', '.join(HouseholdType)}")
    births = fields.items("birth_dates")
    return Household(
        HouseholdType(kind),
        tuple([fields.day(f"birth_dates[{place}]", birth) for place, birth in enumerate(births)]),
        tuple([_child(place, child) for place, child in enumerate(fields.items("children", []))]),
        fields.whole("cost_sharers"),
        fields.flag("parents_can_support", True),
    )


def _child(place: int, content: object) -> date:
    fields = Fields.of(f"household.children[{place}]", content, {"birth_date"})
    return fields.day("birth_date", fields.required("birth_date"))


def _housing(content: object) -> Housing:
    fields = Fields.of("housing", content, HOUSING)
    rent = fields.content.get("kale_huur")
    return Housing(None if rent is None else fields.amount("kale_huur", rent), fields.flag("zelfstandig", True))


def _work(number: int, content: object) -> Work:
    fields = Fields.of(f"work[{number}]", content, WORK)
    months: Mapping[str, int] = {key: fields.whole(key) for key in sorted(MONTHS)}
    return Work(
        hours_per_week=fields.number("hours_per_week", HOURS_IN_A_WEEK),
        hourly_wage=fields.amount("hourly_wage", fields.required("hourly_wage")),
        person=fields.whole("person", most=1),
        medisch_urenbeperkt=fields.flag("medisch_urenbeperkt", False),
        doelgroep_lks=fields.flag("doelgroep_lks", False),
        **months,
    )


def _municipality(content: object) -> Municipality:
    fields = Fields.of("municipality", content, MUNICIPALITY)
    return Municipality(fields.flag("grants_exemption", True), fields.flag("anticipates_34a", False))
