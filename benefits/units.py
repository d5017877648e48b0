"""The units a figure can have, as words in the parameter files, and the groups that code asks for."""

from enum import StrEnum


class Unit(StrEnum):
    EUR = "eur"
    EUR_PER_HOUR = "eur_per_hour"
    EUR_PER_MONTH = "eur_per_month"
    EUR_PER_QUARTER = "eur_per_quarter"
    EUR_PER_YEAR = "eur_per_year"
    FRACTION = "fraction"  # 0.25 is a quarter, shown as 25%
    HOURS = "hours"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    COUNT = "count"
    TEXT = "text"  # a rule in words or a formula; never served as a number
    MUNICIPAL = "municipal"  # each municipality sets its own; there is no national figure
    MIXED = "mixed"  # only for a whole file: its parts have their own units, in `units`


MONEY = frozenset({Unit.EUR, Unit.EUR_PER_HOUR, Unit.EUR_PER_MONTH, Unit.EUR_PER_QUARTER, Unit.EUR_PER_YEAR})
WITHOUT_NUMBER = frozenset({Unit.TEXT, Unit.MUNICIPAL})


class Confidence(StrEnum):
    """How a value was found; of a map with mixed origins the weakest counts."""

    SEEN_IN_SOURCE = "seen_in_source"
    SEEN_IN_SECONDARY_SOURCE = "seen_in_secondary_source"
    DERIVED = "derived"
    UNVERIFIED = "unverified"
