"""The two credits in every wage: algemene heffingskorting (art. 8.10) and arbeidskorting (art. 8.11 Wet IB 2001)."""

from decimal import Decimal

from benefits.income.law import FiguresOn

AHK = "ib_algemene_heffingskorting"
AK = "ib_arbeidskorting"
FIGURES = (f"{AHK}.max", f"{AHK}.afbouw_vanaf", f"{AHK}.afbouw", *(f"{AK}.{n}.pct" for n in (1, 2, 3, 4)))
NOTHING = Decimal(0)


def algemene_heffingskorting(year_income: Decimal, figures: FiguresOn) -> Decimal:
    """Article 8.10, under AOW age, from a year's income; not rounded."""
    surplus = max(NOTHING, year_income - figures[f"{AHK}.afbouw_vanaf"])
    return max(NOTHING, figures[f"{AHK}.max"] - figures[f"{AHK}.afbouw"] * surplus)


def arbeidskorting(year_wage: Decimal, figures: FiguresOn) -> Decimal:
    """Article 8.11 lid 2, under AOW age: three parts on top of each other, each up to a maximum; then it tapers off."""
    until = NOTHING
    base = NOTHING
    for part in (1, 2, 3):
        begin, until = until, figures[f"{AK}.{part}.tot"]
        most = figures[f"{AK}.{part + 1}.basis"]
        if year_wage <= until:
            return min(base + figures[f"{AK}.{part}.pct"] * (year_wage - begin), most)
        base = most
    return max(NOTHING, base + figures[f"{AK}.4.pct"] * (year_wage - until))
