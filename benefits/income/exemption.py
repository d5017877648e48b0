"""Which part of a wage does not count for bijstand: the old exemptions or the new one, by date and municipality."""

from dataclasses import dataclass
from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.income.reasons import Reason, Step
from benefits.money import to_cents
from benefits.series import FigureValue

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A share of the net wage, at most `most`; `months_left` counts this month, None when there is no end."""

    kind: str
    share: Decimal = NOTHING
    most: Decimal | None = None
    months_left: int | None = None
    article: str = ""
    figures: tuple[FigureValue, ...] = ()

    def of(self, net_wage: Decimal) -> Decimal:
        exempt = to_cents(self.share * net_wage)
        return exempt if self.most is None else min(exempt, self.most)


NONE = Exemption("none")
STEPS = {
    "n": Step.EXEMPTION_N,
    "r": Step.EXEMPTION_R,
    "y": Step.EXEMPTION_Y,
    "z": Step.EXEMPTION_Z,
    "34a": Step.EXEMPTION_34A,
}


def exemption_reason(exemption: Exemption, net_wage: Decimal, person: int) -> Reason:
    return Reason(STEPS[exemption.kind], exemption.of(net_wage), exemption.article, exemption.figures, person=person)


def capped(letter: str, most: str, months_left: int | None, figures: FiguresOn) -> Exemption:
    """One of the old exemptions: its share and its maximum, and how many months of it are left."""
    share = f"pw_vrijlating_{letter}_pct"
    used = figures.used(share, most) if months_left is None else figures.used(share, most, _months(letter))
    article = f"artikel 31, lid 2, onderdeel {letter}, Participatiewet"
    return Exemption(letter, figures[share], figures[most], months_left, article, used)


def months_left(letter: str, used: int, figures: FiguresOn) -> int:
    """Months of an old exemption that are left, this one counted; 0 when it is past."""
    return max(0, int(figures[_months(letter)]) - used)


def _months(letter: str) -> str:
    return f"pw_vrijlating_{letter}_maanden"
