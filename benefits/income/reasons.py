"""Why an amount is what it is: each step with its article and the dated figures it leans on."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from benefits.series import FigureValue


class Step(StrEnum):
    """What is told of a calculation, in the order in which it is made; `income_step.<step>` is its sentence."""

    NORM = "norm"
    KOSTENDELERSNORM = "kostendelersnorm"
    VERHOGING_OUDERS = "verhoging_ouders"
    NORM_EXCL_VT = "norm_excl_vt"
    GROSS_WAGE = "gross_wage"
    WAGE_TAX = "wage_tax"
    NET_WAGE = "net_wage"
    EXEMPTION_N = "exemption_n"
    EXEMPTION_R = "exemption_r"
    EXEMPTION_Y = "exemption_y"
    EXEMPTION_Z = "exemption_z"
    EXEMPTION_34A = "exemption_34a"
    COUNTED_INCOME = "counted_income"
    TOP_UP = "top_up"
    HOURS_TO_LEAVE = "hours_to_leave"
    YEAR_WAGE = "year_wage"
    GROSS_BIJSTAND = "gross_bijstand"
    TOETSINGSINKOMEN = "toetsingsinkomen"
    ZORGTOESLAG = "zorgtoeslag"
    HUURTOESLAG = "huurtoeslag"
    KINDGEBONDEN_BUDGET = "kindgebonden_budget"


class Moment(StrEnum):
    """Without the work and with it."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Reason:
    """`amount` is in euros per month, of a year for toetsingsinkomen and what it is made of, in hours for the last."""

    step: Step
    amount: Decimal
    article: str
    figures: tuple[FigureValue, ...] = ()
    person: int | None = None
    moment: Moment | None = None
