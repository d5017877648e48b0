"""The form with which a caseworker varies a calculation: what stands in it, and the situation that it describes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from benefits.errors import ScenarioWrong
from benefits.income.ages import age_on

OLDEST_TYPED = 120
FIRST_YEAR, LAST_YEAR = 2024, 2100
PLACES = {
    "on": "datum",
    "household.type": "huishouden",
    "household.birth_dates[1]": "leeftijd_partner",
    "household.birth_dates": "leeftijd",
    "household.children": "kinderen",
    "household.cost_sharers": "huisgenoten",
    "housing": "huur",
    "wealth": "spaargeld",
    "work[0].hourly_wage": "uurloon",
    "work[0].months": "maanden_n",
    "work": "uren",
}
"""The field behind a key of a scenario; the first that it begins with."""
FAULTS = {
    "datum": "Vul een dag in waarvoor er bedragen zijn, vanaf 1 januari 2025.",
    "huishouden": "Kies een huishouden dat past bij de leeftijden en de kinderen.",
    "leeftijd": "Vul een leeftijd in van 18 jaar tot de AOW-leeftijd.",
    "leeftijd_partner": "Vul bij een paar de leeftijd van de partner in: van 18 jaar tot de AOW-leeftijd.",
    "kinderen": "Vul leeftijden in van 0 tot en met 17, met een komma ertussen. Wie alleen is, heeft er geen.",
    "huisgenoten": "Vul een geheel getal in.",
    "huur": "Vul een bedrag in, zoals 612,35. Geen huur: laat leeg.",
    "spaargeld": "Vul een bedrag in, zoals 2500.",
    "uurloon": "Vul een bedrag in, zoals 15,25.",
    "maanden_n": "Vul een geheel aantal maanden in.",
    "maanden_34a": "Vul een geheel aantal maanden in.",
    "uren": "Vul een aantal uren per week in, zoals 20 of 17,5.",
}


class NotRead(Exception):
    """What was typed is not of its field. `field` is its name."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Typed:
    """What stands in the fields, by name; ticks are "1" or nothing."""

    fields: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def whole(self, name: str, most: int = 999) -> int:
        text = self[name] or "0"
        if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= most):
            raise NotRead(name)
        return int(text)

    def day(self, name: str) -> date:
        """Within the years of which anybody can have figures."""
        try:
            found = date.fromisoformat(self[name])
        except ValueError:
            raise NotRead(name) from None
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise NotRead(name)
        return found

    def amount(self, name: str) -> str:
        """`1.200,50` and `1200.50` are the same; in the way in which a scenario wants it."""
        text = self[name].removeprefix("€").strip().replace(" ", "")
        text = text.replace(".", "").replace(",", ".") if "," in text else text
        try:
            found = Decimal(text or "0")
        except InvalidOperation:
            raise NotRead(name) from None
        if not found.is_finite() or found < 0 or found != round(found, 2):
            raise NotRead(name)
        return f"{found:.2f}"


def typed_over(before: Typed, given: Mapping[str, str]) -> Typed:
    """What was sent, and the rest as it was; a tick that is not sent is off."""
    return Typed({**before.fields, "medisch": "", **given})


def typed_from(scenario: Mapping[str, Any]) -> Typed:
    """The fields as they describe a situation that was calculated."""
    household, on = scenario["household"], date.fromisoformat(scenario["on"])
    work = scenario.get("work") or [{"hours_per_week": 0, "hourly_wage": "0"}]
    ages = [str(age_on(date.fromisoformat(birth), on)) for birth in household["birth_dates"]]
    rent = scenario.get("housing", {}).get("kale_huur")
    return Typed(
        {
            "datum": scenario["on"],
            "uren": str(work[0]["hours_per_week"]).removesuffix(".0").replace(".", ","),
            "uurloon": str(work[0]["hourly_wage"]).replace(".", ","),
            "huishouden": household["type"],
            "leeftijd": ages[0],
            "leeftijd_partner": ages[1] if ages[1:] else "",
            "kinderen": ", ".join(
                str(age_on(date.fromisoformat(child["birth_date"]), on)) for child in household.get("children", ())
            ),
            "huisgenoten": str(household.get("cost_sharers", 0)),
            "huur": "" if rent is None else str(rent).replace(".", ","),
            "spaargeld": str(scenario.get("wealth", 0)).replace(".", ","),
            "maanden_n": str(work[0].get("months_with_n", 0)),
            "maanden_34a": str(work[0].get("months_with_34a", 0)),
            "medisch": "1" if work[0].get("medisch_urenbeperkt") else "",
        }
    )


def described(typed: Typed, scenario: Mapping[str, Any]) -> dict[str, Any]:
    """The situation in the form of docs/income.md; what the form does not ask stays as it was. Raises NotRead."""
    on = typed.day("datum")
    household = {**scenario["household"], "type": typed["huishouden"], "cost_sharers": typed.whole("huisgenoten")}
    household["birth_dates"] = [_born(on, typed.whole("leeftijd", OLDEST_TYPED))]
    if typed["huishouden"] == "paar":
        household["birth_dates"].append(_born(on, typed.whole("leeftijd_partner", OLDEST_TYPED)))
    household["children"] = [{"birth_date": _born(on, age)} for age in _ages(typed)]
    rent = typed.amount("huur") if typed["huur"] else None
    return {
        **scenario,
        "on": on.isoformat(),
        "household": household,
        "housing": {**scenario.get("housing", {}), "kale_huur": rent},
        "wealth": typed.amount("spaargeld"),
        "work": _work(typed, scenario),
    }


def _work(typed: Typed, scenario: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of the first worker; a partner goes on working as before, as long as there is a partner."""
    first, *others = scenario.get("work") or [{}]
    changed = {
        **first,
        "hours_per_week": float(typed.amount("uren")),
        "hourly_wage": typed.amount("uurloon"),
        "months_with_n": typed.whole("maanden_n"),
        "months_with_34a": typed.whole("maanden_34a"),
        "medisch_urenbeperkt": typed["medisch"] == "1",
    }
    return [changed, *(others if typed["huishouden"] == "paar" else [])]


def _ages(typed: Typed) -> list[int]:
    words = typed["kinderen"].replace(",", " ").split()
    return [Typed({"kinderen": word}).whole("kinderen", 17) for word in words[:20]]


def _born(on: date, age: int) -> str:
    """On the first of this month, so many years ago: that age is reached, and kept for the rest of the month."""
    return date(on.year - age, on.month, 1).isoformat()


def place_of(error: ScenarioWrong) -> str:
    return next((field for key, field in PLACES.items() if error.key.startswith(key)), "uren")
