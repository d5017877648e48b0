"""One situation: who lives there, how, and the work that is looked at. Read by `read_scenario`, then never changed."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from benefits.income.ages import WITHOUT_PARENTS, age_on


class HouseholdType(StrEnum):
    """Article 4 Pw."""

    ALLEENSTAANDE = "alleenstaande"
    ALLEENSTAANDE_OUDER = "alleenstaande_ouder"
    PAAR = "paar"


@dataclass(frozen=True)
class Household:
    """The applicant comes first in `birth_dates`; `children` are birth dates."""

    type: HouseholdType
    birth_dates: tuple[date, ...]
    children: tuple[date, ...] = ()
    cost_sharers: int = 0
    parents_can_support: bool = True


@dataclass(frozen=True)
class Housing:
    kale_huur: Decimal | None = None
    zelfstandig: bool = True


@dataclass(frozen=True)
class Work:
    """The work of one person; the months are those of an exemption that were used before this month."""

    hours_per_week: Decimal
    hourly_wage: Decimal
    person: int = 0
    months_with_n: int = 0
    months_with_r: int = 0
    months_with_z: int = 0
    months_with_34a: int = 0
    medisch_urenbeperkt: bool = False
    doelgroep_lks: bool = False


@dataclass(frozen=True)
class Municipality:
    grants_exemption: bool = True
    anticipates_34a: bool = False


@dataclass(frozen=True)
class Scenario:
    """Ages are those on `on`, for the month and for the year."""

    on: date
    household: Household
    housing: Housing = field(default_factory=Housing)
    wealth: Decimal = Decimal(0)
    work: tuple[Work, ...] = ()
    municipality: Municipality = field(default_factory=Municipality)

    @cached_property
    def ages(self) -> tuple[int, ...]:
        return tuple([age_on(birth, self.on) for birth in self.household.birth_dates])

    @cached_property
    def ages_of_children(self) -> tuple[int, ...]:
        return tuple([age_on(birth, self.on) for birth in self.household.children])

    @property
    def is_couple(self) -> bool:
        return self.household.type is HouseholdType.PAAR

    @property
    def is_single_parent(self) -> bool:
        return self.household.type is HouseholdType.ALLEENSTAANDE_OUDER

    @property
    def number_under_21(self) -> int:
        return sum(age < WITHOUT_PARENTS for age in self.ages)
