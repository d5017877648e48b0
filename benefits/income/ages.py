"""Ages on a day, and the limits of age that the law names."""

from datetime import date

ADULT = 18
WITHOUT_PARENTS = 21  # art. 20 and 21 Pw: from here the own norm, and a whole rent for huurtoeslag
WITH_EXEMPTIONS = 27  # art. 31 lid 5 Pw: n and r do not hold for who is younger
YOUNG_CHILD = 12  # art. 31 lid 2 r Pw, art. 8.14a Wet IB: a child under this age


def age_on(birth_date: date, day: date) -> int:
    """Whole years; who was born on 29 February is a year older on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
