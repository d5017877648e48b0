"""Situations for the tests: one that is made by hand, and any that the contract allows."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from benefits.figures import load_figures
from benefits.income.effect import income_effect
from benefits.income.law import IncomeLaw, income_law
from benefits.income.outcome import Outcome
from benefits.income.read_scenario import read_scenario

LAW: IncomeLaw = income_law(load_figures())
TODAY = date(2026, 11, 23)
Document = dict[str, Any]

DAYS_OF_CHANGE = [
    date(2024, 7, 1),
    date(2025, 1, 1),
    date(2025, 7, 1),
    date(2026, 1, 1),
    date(2026, 7, 1),
    date(2027, 1, 1),
]


def single(
    hours: str | int = 20,
    wage: str = "14.99",
    on: str = "2026-07-15",
    born: str = "1985-03-01",
    rent: str | None = "600",
    children: tuple[str, ...] = (),
    municipality: Document | None = None,
    wealth: str = "0",
    **work: Any,
) -> Document:
    """Somebody who lives alone, or with children; no work when `hours` is 0."""
    kind = "alleenstaande_ouder" if children else "alleenstaande"
    return {
        "on": on,
        "household": {
            "type": kind,
            "birth_dates": [born],
            "children": [{"birth_date": child} for child in children],
        },
        "housing": {"kale_huur": rent},
        "wealth": wealth,
        "work": [{"hours_per_week": int(hours), "hourly_wage": wage, **work}] if hours else [],
        "municipality": municipality or {},
    }


def couple(*births: str, work: list[Document] | None = None, on: str = "2026-07-15", **household: Any) -> Document:
    people = {"type": "paar", "birth_dates": list(births or ("1985-03-01", "1987-03-01")), **household}
    return {"on": on, "household": people, "housing": {"kale_huur": "750"}, "work": work or []}


def outcome_of(document: Document) -> Outcome:
    return income_effect(LAW, read_scenario(document, TODAY, LAW))


def _days() -> st.SearchStrategy[date]:
    near = st.builds(lambda day, off: day + timedelta(off), st.sampled_from(DAYS_OF_CHANGE), st.integers(-2, 2))
    return st.one_of(near, st.dates(date(2024, 1, 1), date(2028, 12, 31)))


def _euros(least: int, most: int) -> st.SearchStrategy[str]:
    return st.integers(least * 100, most * 100).map(lambda cents: f"{cents // 100}.{cents % 100:02}")


def _born(day: date, youngest: int, oldest: int) -> st.SearchStrategy[str]:
    """Somebody who is `youngest` to `oldest` on the day; birthdays on the day itself and beside it among them."""
    around = st.sampled_from([18, 21, 27, 12, 16, 66]).filter(lambda age: youngest <= age <= oldest)
    any_age = st.integers(youngest, oldest)
    ages = any_age if not any(youngest <= age <= oldest for age in (18, 21, 27, 12, 16, 66)) else any_age | around
    return st.builds(_birth_date, st.just(day), ages, st.sampled_from([0, 1, 40, 363]))


def _birth_date(day: date, age: int, days_ago: int) -> str:
    first = day - timedelta(days_ago)
    leap_day = (first.month, first.day) == (2, 29)
    return first.replace(year=first.year - age, day=28 if leap_day else first.day).isoformat()


def _work(person: int, wages: st.SearchStrategy[str]) -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {
            "person": st.just(person),
            "hours_per_week": st.one_of(st.integers(0, 45), st.sampled_from([7.5, 22.5, 36.25])),
            "hourly_wage": wages,
        },
        optional={
            "months_with_n": st.integers(0, 8),
            "months_with_r": st.integers(28, 31) | st.just(0),
            "months_with_z": st.integers(10, 13) | st.just(0),
            "months_with_34a": st.integers(10, 13) | st.just(0),
            "medisch_urenbeperkt": st.booleans(),
            "doelgroep_lks": st.booleans(),
        },
    )


@st.composite
def documents(draw: st.DrawFn, wages: st.SearchStrategy[str] | None = None) -> Document:
    """Any situation that is not refused."""
    on = draw(_days())
    early = on < LAW.first_day_with_children
    kind = draw(
        st.sampled_from(["alleenstaande", "paar"] if early else ["alleenstaande", "alleenstaande_ouder", "paar"])
    )
    births = [draw(_born(on, 18, 66)) for _ in range(2 if kind == "paar" else 1)]
    few = {"alleenstaande": (0, 0), "alleenstaande_ouder": (1, 4), "paar": (0, 3)}[kind]
    children = draw(st.lists(_born(on, 0, 17), min_size=few[0], max_size=0 if early else few[1]))
    workers = draw(st.lists(st.sampled_from(range(len(births))), unique=True, max_size=len(births)))
    each = _euros(7, 40) if wages is None else wages
    return {
        "on": on.isoformat(),
        "household": {
            "type": kind,
            "birth_dates": births,
            "children": [{"birth_date": child} for child in children],
            "cost_sharers": draw(st.sampled_from([0, 0, 0, 1, 2, 4])),
            "parents_can_support": draw(st.booleans()),
        },
        "housing": {
            "kale_huur": draw(st.none() | _euros(150, 1100)),
            "zelfstandig": draw(st.sampled_from([True, True, True, False])),
        },
        "wealth": draw(st.sampled_from(["0", "0", "7999.99", "16000.01", "38480", "76959", "150000", "190000"])),
        "work": [draw(_work(person, each)) for person in workers],
        "municipality": {"grants_exemption": draw(st.booleans()), "anticipates_34a": draw(st.booleans())},
    }
