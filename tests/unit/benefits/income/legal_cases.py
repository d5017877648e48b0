"""The legal cases of tests/cases, and what each `calculate` asks of the law."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from benefits.figures import load_figures
from benefits.income.as_data import as_data
from benefits.income.document import read_document
from benefits.income.effect import income_effect
from benefits.income.exemption import capped
from benefits.income.huurtoeslag_2026 import huurtoeslag_2026
from benefits.income.kindgebonden_budget import kindgebonden_budget_year
from benefits.income.kostendelers import kostendelersnorm
from benefits.income.law import FiguresOn
from benefits.income.norm import without_vakantietoeslag
from benefits.income.read_scenario import read_scenario
from benefits.income.tax_credits import algemene_heffingskorting, arbeidskorting
from benefits.income.toeslag import Toeslag
from benefits.income.toetsingsinkomen import toetsingsinkomen
from benefits.income.wage import month_from_four_weeks
from benefits.income.wage_tax import table_row
from benefits.income.zorgtoeslag import zorgtoeslag_year
from benefits.money import to_cents
from tests.unit.benefits.income.situations import LAW, TODAY, single

CASES = Path(__file__).parents[3] / "cases"
FIGURES = load_figures()
Given = dict[str, Any]
Found = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One sentence that a lawyer can sign, with the numbers in it."""

    file: str
    id: str
    sentence: str
    on: date
    calculate: str
    given: Given
    expected: Found
    tolerance: Decimal

    def found(self) -> Found:
        figures = LAW.on(self.on)
        return WAYS[self.calculate](self.given, figures, self.on)


def read_cases() -> list[Case]:
    return [_case(file.stem, content) for file in sorted(CASES.glob("*.yaml")) for content in _list(file)]


def _list(file: Path) -> list[Given]:
    content = read_document(file.read_text(encoding="utf-8"))
    assert isinstance(content, list), file
    return content


def _case(file: str, content: Given) -> Case:
    kept = {key: content[key] for key in ("id", "sentence", "calculate", "given", "expected")}
    return Case(file, on=_day(content["on"]), tolerance=Decimal(content.get("tolerance", 0)), **kept)


def _day(text: str) -> date:
    """A day that does not exist is a case of its own: see `refused`."""
    return date.fromisoformat(text) if text != "2026-02-30" else date.max


def _effect(given: Given, figures: FiguresOn, on: date) -> Found:
    scenario = read_scenario({"on": on, **given}, TODAY, LAW)
    data = as_data(income_effect(LAW, scenario), lambda key, **_: key)
    exemption = {f"exemption.{key}": value for key, value in data["exemption"].items()}
    return data | exemption | {"warnings": sorted({warning["code"] for warning in data["warnings"]})}


def _row(given: Given, figures: FiguresOn, on: date) -> Found:
    row = table_row(Decimal(given["wage"]), figures)
    return {"tax": row.tax, "without_credits": row.without_credits, "used_labour_credit": row.used_labour_credit}


def _zorgtoeslag(given: Given, figures: FiguresOn, on: date) -> Found:
    toeslag = Toeslag(zorgtoeslag_year(Decimal(given["income"]), given["couple"], figures), "", ())
    return {"year": toeslag.year, "month": toeslag.month, "paid": toeslag.paid}


def _huurtoeslag(given: Given, figures: FiguresOn, on: date) -> Found:
    scenario = read_scenario(single(0, on=on.isoformat(), rent=str(given["rent"])), TODAY, LAW)
    toeslag = huurtoeslag_2026(Decimal(given["income"]), scenario, figures)
    assert toeslag is not None
    return {"month": toeslag.month, "paid": toeslag.paid}


def _kindgebonden_budget(given: Given, figures: FiguresOn, on: date) -> Found:
    year, _ = kindgebonden_budget_year(Decimal(given["income"]), tuple(given["ages"]), given["couple"], figures)
    return {"year": year}


def _gross_bijstand(given: Given, figures: FiguresOn, on: date) -> Found:
    return {"amount": toetsingsinkomen(Decimal(given["month"]), (), given["people"], figures).amount}


def _exemption_of(given: Given, figures: FiguresOn, on: date) -> Found:
    rule = capped(given["kind"], f"pw_vrijlating_{given['kind']}_max", 6, figures)
    net, norm = Decimal(given["net_wage"]), Decimal(given["norm"])
    exempt = rule.of(net)
    return {"exempt": exempt, "counted": net - exempt, "rest": norm - (net - exempt)}


def _without_vt(given: Given, figures: FiguresOn, on: date) -> Found:
    norm = Decimal(given["norm"])
    paid = without_vakantietoeslag(norm, figures)
    return {"amount": paid, "reserved": norm - paid}


def _advance(given: Given, figures: FiguresOn, on: date) -> Found:
    return {"amount": to_cents(FIGURES.on("pw_voorschot_pct", on).value * Decimal(given["norm"]))}


def _childcare(given: Given, figures: FiguresOn, on: date) -> Found:
    most = FIGURES.on("kinderopvangtoeslag.max_uurprijs.dagopvang", on).value
    hour = to_cents(FIGURES.on("kinderopvangtoeslag.max_pct", on).value * min(Decimal(given["price"]), most))
    return {"hour": hour, "year": hour * given["hours"], "month": to_cents(hour * given["hours"] / 12)}


def _iack(given: Given, figures: FiguresOn, on: date) -> Found:
    share, begin = FIGURES.on("ib_iack.pct", on).value, FIGURES.on("ib_iack.drempel", on).value
    return {"amount": min(FIGURES.on("ib_iack.max", on).value, share * (given["income"] - begin))}


WAYS: dict[str, Callable[[Given, FiguresOn, date], Found]] = {
    "income_effect": _effect,
    "wage_tax_row": _row,
    "zorgtoeslag": _zorgtoeslag,
    "huurtoeslag": _huurtoeslag,
    "kindgebonden_budget": _kindgebonden_budget,
    "gross_bijstand": _gross_bijstand,
    "exemption_of": _exemption_of,
    "kostendelersnorm": lambda given, figures, _: {"amount": kostendelersnorm(given["sharing"], figures)},
    "without_vakantietoeslag": _without_vt,
    "arbeidskorting": lambda given, figures, _: {"amount": arbeidskorting(Decimal(given["income"]), figures)},
    "algemene_heffingskorting": lambda given, figures, _: {
        "amount": algemene_heffingskorting(Decimal(given["income"]), figures)
    },
    "month_from_four_weeks": lambda given, *_: {"amount": month_from_four_weeks(Decimal(given["wage"]))},
    "advance": _advance,
    "childcare": _childcare,
    "iack": _iack,
}
