"""What comes out of one situation: amounts per month, toeslagen of a year, reasons and cautions."""

from dataclasses import dataclass
from decimal import Decimal

from benefits.income.cautions import Caution
from benefits.income.norm import Norm
from benefits.income.reasons import Reason
from benefits.income.settlement import Earner, Settlement
from benefits.income.year_view import YearView


@dataclass(frozen=True, slots=True)
class Outcome:
    """`as_data` gives it the names of the contract; `rules_version` tells with which formulas and figures."""

    norm: Norm
    earners: tuple[Earner, ...]
    settlement: Settlement
    before: YearView
    after: YearView
    hours_to_leave: int | None
    reasons: tuple[Reason, ...]
    cautions: tuple[Caution, ...]
    rules_version: str

    @property
    def leaves_bijstand(self) -> bool:
        return self.settlement.top_up == 0

    @property
    def income_before(self) -> Decimal:
        return self.norm.excl_vt

    @property
    def income_after(self) -> Decimal:
        return self.settlement.net + self.settlement.top_up

    @property
    def difference(self) -> Decimal:
        """What is left more each month; huurtoeslag that is not known is left out on both sides."""
        return self.income_after + self.after.month - self.income_before - self.before.month
