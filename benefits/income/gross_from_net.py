"""Back from what is paid out to the wage before tax, for who only knows what will be on the account."""

from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.income.wage_tax import table_row
from benefits.money import CENT, to_cents

CLOSE_ENOUGH = 40
"""Times that the difference is halved: far below a cent."""


def gross_from_net(net: Decimal, figures: FiguresOn) -> Decimal:
    """The gross month wage of which `net` is left, with loonheffingskorting; from one row of the table to the next
    the net wage can fall by cents, so of the wages that fit this is one."""
    low, high = net, 3 * net + 1
    for _ in range(CLOSE_ENOUGH):
        middle = (low + high) / 2
        if middle - table_row(middle, figures).tax < net:
            low = middle
        else:
            high = middle
        if high - low < CENT / 10:
            break
    return to_cents(high)
