"""The point of leaving bijstand: from how many hours a week nothing is left to be topped up."""

from collections.abc import Sequence
from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.income.settlement import Earner
from benefits.income.wage import MONTHS, WEEKS, month_wage
from benefits.income.wage_tax import table_row

MOST_HOURS = 60


def hours_to_leave(norm_excl_vt: Decimal, earners: Sequence[Earner], figures: FiguresOn) -> int | None:
    """The first whole number of hours of the first earner at which counted income reaches the norm; None above 60.

    What counts is never more than the gross wage. So the search begins where the gross wage reaches what is needed,
    and looks at every hour from there: a net wage can fall by cents from one row of the wage table to the next.
    """
    if not earners:
        return None
    first = earners[0]
    needed = norm_excl_vt - sum((earner.counted for earner in earners[1:]), Decimal(0))
    if needed <= 0:
        return 0
    if not first.work.hourly_wage:
        return None
    begin = int(needed * MONTHS // (WEEKS * first.work.hourly_wage))
    return next((hours for hours in range(begin, MOST_HOURS + 1) if _counted(first, hours, figures) >= needed), None)


def _counted(earner: Earner, hours: int, figures: FiguresOn) -> Decimal:
    gross = month_wage(Decimal(hours), earner.work.hourly_wage)
    net = gross - table_row(gross, figures).tax
    return net - earner.rule.of(net)
