"""The same law a second time, written from the text alone and on purpose in another way, to check the first against.

Plain documents in, fractions inside, one long reading from norm to toeslagen; it knows no file of benefits/income.
Figures come from the same YAML files, but read and chosen by date in its own way.
"""

import math
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import yaml

from benefits.figures import PARAMETERS

F = Fraction
Document = dict[str, Any]


@cache
def entries(figure: str) -> list[dict[str, Any]]:
    """The dated values of a file, oldest first, everything as text."""
    file = next(PARAMETERS.rglob(f"{figure}.yaml"))
    loaded = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  texts only
    return list(loaded["values"])


def figure(name: str, day: str, *needed: str) -> Any:
    """The newest entry that has begun on the day and has all parts."""
    found = [
        entry["value"]
        for entry in entries(name)
        if entry["valid_from"] <= day and all(part in entry["value"] for part in needed)
    ]
    return found[-1] if found else None


def number(name: str, day: str) -> Fraction:
    return F(figure(name, day))


def cents(amount: Fraction) -> Fraction:
    return F(math.floor(amount * 100 + F(1, 2)), 100)


def years(born: str, day: str) -> int:
    """Whole years between two days as eight digits: 20260715 - 19850101 = 410614, so 41."""
    return (int(day.replace("-", "")) - int(born.replace("-", ""))) // 10_000


def tax_of_month(gross: Fraction, day: str) -> Fraction:
    row = F(math.floor(gross / F("4.5"))) * F("4.5")
    year = row * 12
    brackets = figure("ib_box1", day)
    tops = [F(0), F(brackets[0]["tot"]), F(brackets[1]["tot"]), max(year, F(brackets[1]["tot"]))]
    rates = [F(bracket["tarief"]) for bracket in brackets]
    tax = sum((max(F(0), min(year, tops[i + 1]) - tops[i]) * rates[i] for i in range(3)), F(0))
    credit = figure("ib_algemene_heffingskorting", day)
    general = F(credit["max"]) - max(F(0), year - F(credit["afbouw_vanaf"])) * F(credit["afbouw"])
    left = math.floor(tax) - math.ceil(max(F(0), general)) - math.ceil(labour_credit(year, day))
    return cents(max(F(0), F(left)) / 12)


def labour_credit(year: Fraction, day: str) -> Fraction:
    """The statute: a share up to a maximum, plus a share of the rest up to a maximum, twice; less a share above."""
    table = figure("ib_arbeidskorting", day)
    total, below = F(0), F(0)
    for part, after in pairwise(table):
        total = min(total + max(F(0), year - below) * F(part["pct"]), F(after["basis"]))
        below = F(part["tot"])
    return max(F(0), total - max(F(0), year - below) * -F(table[3]["pct"]))


def norm(doc: Document, day: str) -> Fraction:
    household = doc["household"]
    ages = [years(born, day) for born in household["birth_dates"]]
    young, old = sum(age < 21 for age in ages), sum(age >= 21 for age in ages)
    children, sharers = bool(household.get("children")), household.get("cost_sharers", 0)
    couple = number("pw_norm_21_aow_gehuwden", day)
    full = couple if len(ages) == 2 else number("pw_norm_21_aow_alleenstaande", day)
    if old and sharers:
        a = sharers + old
        basic = old * cents((F("0.4") + a * F("0.3")) / a * couple)
        if young:
            basic += number("pw_kostendeler_gemengd_met_kind" if children else "pw_norm_18_20_alleenstaande", day)
    else:
        name = {
            (0, 1): "pw_norm_21_aow_alleenstaande",
            (0, 2): "pw_norm_21_aow_gehuwden",
            (1, 0): "pw_norm_18_20_alleenstaande",
            (2, 0): f"pw_norm_18_20_gehuwden_{'met' if children else 'zonder'}_kind",
            (1, 1): f"pw_norm_18_20_met_21plus_{'met' if children else 'zonder'}_kind",
        }[young, old]
        basic = number(name, day)
    extra = figure("pw_norm_18_20_verhoging_ouders", day)
    if young and extra and not household.get("parents_can_support", True):
        basic = max(basic, min(full, basic + young * F(extra)))
    return basic


def exemption(doc: Document, work: Document, net: Fraction, day: str) -> tuple[str, Fraction]:
    """The table of the four old kinds in their order, or the new one."""
    age = years(doc["household"]["birth_dates"][work.get("person", 0)], day)
    town = doc.get("municipality", {})
    grants = town.get("grants_exemption", True)
    limited, subsidy = work.get("medisch_urenbeperkt", False), work.get("doelgroep_lks", False)
    used = {kind: work.get(f"months_with_{kind}", 0) for kind in ("n", "r", "z", "34a")}
    if net == 0:
        return "none", F(0)
    if day >= "2027" or (town.get("anticipates_34a", False) and day[:4] == "2026"):
        may = limited or (grants and used["34a"] < 12)
        return ("34a", cents(net * F("0.15"))) if may else ("none", F(0))
    toddler = any(years(child["birth_date"], day) < 12 for child in doc["household"].get("children", []))
    parent = doc["household"]["type"] == "alleenstaande_ouder" and toddler
    table = [
        ("n", grants and age >= 27 and used["n"] <= 5, "0.25", "pw_vrijlating_n_max"),
        ("y", limited, "0.15", "pw_vrijlating_y_max"),
        ("z", subsidy and used["z"] <= 11 and (age <= 26 or used["n"] >= 6), "0.15", "pw_vrijlating_z_aa_max"),
        ("r", grants and parent and age >= 27 and used["r"] <= 29 and used["n"] >= 6, "0.125", "pw_vrijlating_r_max"),
    ]
    for kind, holds, share, most in table:
        if holds:
            return kind, min(cents(F(share) * net), number(most, day))
    return "none", F(0)


def earn(work: Document, hours: Fraction, day: str) -> tuple[Fraction, Fraction]:
    gross = cents(hours * 52 / 12 * F(str(work["hourly_wage"])))
    return gross, gross - tax_of_month(gross, day)


def gross_income(doc: Document, bijstand: Fraction, gross: list[Fraction], day: str) -> Fraction:
    """`bijstand` is net per month with vakantietoeslag, `gross` the wage of each person."""
    rate, credit = F(figure("ib_box1", day)[0]["tarief"]), F(figure("ib_algemene_heffingskorting", day)["max"])
    total = F(0)
    for wage in gross:
        year = wage * 12 * F("1.08")
        unused = max(F(0), credit + labour_credit(year, day) - rate * year)
        share = bijstand * 12 / len(gross)
        total += year + (share if share <= unused else (share - unused) / (1 - rate))
    return total


def toeslagen(doc: Document, income: Fraction, day: str) -> dict[str, Fraction | None]:
    return {
        "zorgtoeslag": month(care(doc, income, day)),
        "huurtoeslag": month(rent(doc, income, day)),
        "kindgebonden_budget": month(children(doc, income, day)),
    }


def month(year: Fraction | None) -> Fraction | None:
    if year is None:
        return None
    return cents(year / 12) if year >= F("23.5") else F(0)


def care(doc: Document, income: Fraction, day: str) -> Fraction:
    people, tail = (2, "partner") if doc["household"]["type"] == "paar" else (1, "alleen")
    table = {key: F(value) for key, value in figure("zorgtoeslag", day, "standaardpremie").items()}
    if F(str(doc.get("wealth", 0))) > table[f"vermogen_{tail}"]:
        return F(0)
    own = table[f"pct_{tail}"] * table["drempelinkomen"]
    own += table["afbouw"] * max(F(0), income - table["drempelinkomen"])
    return people * table["standaardpremie"] - own


def rent(doc: Document, income: Fraction, day: str) -> Fraction | None:
    found = figure("huurtoeslag_2026", day, "basishuur_eenpersoons")
    if found is None:
        return None
    table = {key: F(value) for key, value in found.items()}
    household, home = doc["household"], doc.get("housing", {})
    adults, others = len(household["birth_dates"]), household.get("cost_sharers", 0)
    young_ones = len(household.get("children", []))
    too_rich = F(str(doc.get("wealth", 0))) > adults * table["vermogen_per_persoon"]
    if home.get("kale_huur") is None or not home.get("zelfstandig", True) or too_rich:
        return F(0)
    size = adults + others + young_ones
    all_young = size == adults and all(years(born, day) < 21 for born in household["birth_dates"])
    paid = F(str(home["kale_huur"]))
    top = table["maximale_huurgrens_18_20"] if all_young else table["maximale_huurgrens"]
    cap = table["aftoppingsgrens_1_2"] if size < 3 else table["aftoppingsgrens_3plus"]
    kind = "eenpersoons" if size == 1 else "meerpersoons"
    steps = [(table[f"basishuur_{kind}"], table["kwaliteitskortingsgrens"], F(1))]
    steps += [(table["kwaliteitskortingsgrens"], cap, F("0.65")), (cap, top, F("0.4"))]
    subsidy = sum((max(F(0), min(paid, top, high) - low) * part for low, high, part in steps), F(0))
    return 12 * subsidy - table[f"afbouw_{kind}"] * max(F(0), income - table[f"inkomensijkpunt_{kind}"])


def children(doc: Document, income: Fraction, day: str) -> Fraction:
    ages = [years(child["birth_date"], day) for child in doc["household"].get("children", [])]
    if not ages:
        return F(0)
    tail = "partner" if doc["household"]["type"] == "paar" else "alleen"
    table = {key: F(value) for key, value in figure("kindgebonden_budget", day, "per_kind").items()}
    if F(str(doc.get("wealth", 0))) > table[f"vermogen_{tail}"]:
        return F(0)
    extra = {12: "extra_12_15", 13: "extra_12_15", 14: "extra_12_15", 15: "extra_12_15"}
    extra |= {16: "extra_16_17", 17: "extra_16_17"}
    total = len(ages) * table["per_kind"] + sum((table[extra[age]] for age in ages if age in extra), F(0))
    total += table["alo_kop"] if tail == "alleen" else 0
    return total - table["afbouw"] * max(F(0), income - table[f"drempel_{tail}"])


def second_opinion(doc: Document) -> dict[str, Any]:
    """The amounts of the contract, under its names."""
    day = doc["on"] if isinstance(doc["on"], str) else date.isoformat(doc["on"])
    works = doc.get("work", [])
    pay = [earn(work, F(str(work["hours_per_week"])), day) for work in works]
    free = [exemption(doc, work, net, day) for work, (_, net) in zip(works, pay, strict=True)]
    whole = norm(doc, day)
    reserved = number("pw_vakantietoeslag_pct", day)
    paid_out = cents(whole * (1 - reserved))
    counted = sum((net for _, net in pay), F(0)) - sum((amount for _, amount in free), F(0))
    top_up = max(F(0), paid_out - counted)
    gross = [F(0)] * len(doc["household"]["birth_dates"])
    before = gross_income(doc, whole, gross, day)
    for work, (wage, _) in zip(works, pay, strict=True):
        gross[work.get("person", 0)] = wage
    after = gross_income(doc, top_up / (1 - reserved), gross, day) if works else before
    out: dict[str, Any] = {
        "norm_incl_vt": whole,
        "norm_excl_vt": paid_out,
        "gross_wage": sum((wage for wage, _ in pay), F(0)),
        "wage_tax": sum((wage - net for wage, net in pay), F(0)),
        "net_wage": sum((net for _, net in pay), F(0)),
        "exemptions": free,
        "counted_income": counted,
        "top_up": top_up,
        "income_before": paid_out,
        "income_after": sum((net for _, net in pay), F(0)) + top_up,
        "toetsingsinkomen_before": before,
        "toetsingsinkomen_after": after,
        "hours_to_leave": hours_to_leave(doc, pay, paid_out, day),
    }
    old, new = toeslagen(doc, before, day), toeslagen(doc, after, day)
    out |= {f"{name}_before": amount for name, amount in old.items()}
    out |= {f"{name}_after": amount for name, amount in new.items()}
    more = sum(((new[name] or F(0)) - (old[name] or F(0)) for name in new), F(0))
    return out | {"difference": out["income_after"] - out["income_before"] + more}


def hours_to_leave(doc: Document, pay: list[tuple[Fraction, Fraction]], norm: Fraction, day: str) -> int | None:
    """Every hour from 0 to 60, one after the other."""
    works = doc.get("work", [])
    if not works:
        return None
    others = F(0)
    for work, (_, net) in zip(works[1:], pay[1:], strict=True):
        others += net - exemption(doc, work, net, day)[1]
    for hours in range(61):
        _, net = earn(works[0], F(hours), day)
        if net - exemption(doc, works[0], net, day)[1] + others >= norm:
            return hours
    return None
