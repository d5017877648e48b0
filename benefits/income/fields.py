"""The mappings of a scenario, read key by key; every complaint names the way to its key (`work[0].hours_per_week`)."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NoReturn

from benefits.errors import ScenarioWrong
from benefits.income.document import DOCUMENT
from benefits.money import to_cents

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
AMOUNT = re.compile(r"-?\d{1,9}(\.\d{1,2})?")
MOST_EUROS = Decimal(1_000_000_000)
MOST_WHOLE = 999


@dataclass(frozen=True)
class Fields:
    """`where` is the way to this mapping, empty at the top. Booleans are not numbers, and texts only where said."""

    where: str
    content: dict[str, object]

    @classmethod
    def of(cls, where: str, content: object, known: set[str]) -> "Fields":
        """Refuses the first key that is not known."""
        if not isinstance(content, dict):
            raise ScenarioWrong(where or DOCUMENT, "has to be a mapping of keys and values")
        fields = cls(where, content)
        for key in content:
            if key not in known:
                fields.wrong(str(key), f"is an unknown key; known are {', '.join(sorted(known))}")
        return fields

    def path(self, key: str) -> str:
        return f"{self.where}.{key}".lstrip(".")

    def wrong(self, key: str, problem: str) -> NoReturn:
        raise ScenarioWrong(self.path(key), problem)

    def required(self, key: str) -> object:
        if key not in self.content:
            self.wrong(key, "is missing")
        return self.content[key]

    def flag(self, key: str, default: bool) -> bool:
        found = self.content.get(key, default)
        if not isinstance(found, bool):
            self.wrong(key, "has to be true or false")
        return found

    def whole(self, key: str, default: int = 0, most: int = MOST_WHOLE) -> int:
        found = self.content.get(key, default)
        if isinstance(found, bool) or not isinstance(found, int):
            self.wrong(key, "has to be a whole number")
        if not 0 <= found <= most:
            self.wrong(key, f"has to be from 0 to {most}")
        return found

    def number(self, key: str, most: Decimal) -> Decimal:
        """A number that is given as a number, with or without decimals."""
        return self._within(key, self._decimal(key, self.required(key)), most)

    def amount(self, key: str, found: object) -> Decimal:
        """Euros with at most two decimals, as a number or as a text."""
        if isinstance(found, str):
            if not AMOUNT.fullmatch(found):
                self.wrong(key, 'has to be an amount such as 14.99 or "14.99"')
            found = Decimal(found)
        amount = self._within(key, self._decimal(key, found), MOST_EUROS)
        if amount != to_cents(amount):
            self.wrong(key, "has more than two decimals")
        return amount

    def day(self, key: str, found: object) -> date:
        if type(found) is date:
            return found
        if isinstance(found, str) and ISO_DAY.fullmatch(found):
            try:
                return date.fromisoformat(found)
            except ValueError:
                self.wrong(key, f"there is no day {found}")
        self.wrong(key, "has to be a date such as 2026-07-01")

    def items(self, key: str, default: list[object] | None = None) -> list[object]:
        found = self.required(key) if default is None else self.content.get(key, default)
        if not isinstance(found, list):
            self.wrong(key, "has to be a list")
        return found

    def _decimal(self, key: str, found: object) -> Decimal:
        """Exact: what was written as 14.99 is 14.99."""
        if isinstance(found, bool) or not isinstance(found, int | float | Decimal):
            self.wrong(key, "has to be a number")
        number = Decimal(str(found))
        if not number.is_finite():
            self.wrong(key, "has to be a number, not infinite or unknown")
        return number

    def _within(self, key: str, number: Decimal, most: Decimal) -> Decimal:
        if number < 0:
            self.wrong(key, "cannot be negative")
        if number > most:
            self.wrong(key, f"cannot be more than {most}")
        return number.copy_abs()  # -0.0 is a way to write nothing, and would be shown with its sign
