"""The calculations of a conversation, as they stand beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from db.models import Calculation
from services.income_view.amounts import hours, with_sign


@dataclass(frozen=True)
class Beside:
    id: int
    hours: str
    """`20`, or `16-20` for a range."""
    difference: str
    """Of a month with the first number of hours, beside a month without work."""
    shown_at: datetime | None
    shared_at: datetime | None


def beside(calculations: Sequence[Calculation]) -> list[Beside]:
    """What the resident wants the caseworker to see comes first, then the newest."""
    rows = [_row(one, one.outcome) for one in calculations if one.outcome]
    return sorted(rows, key=lambda row: row.shared_at is None)


def _row(one: Calculation, outcome: Mapping[str, Any]) -> Beside:
    asked = "-".join(hours(at) for at in outcome.get("asked", ())) or "0"
    return Beside(one.id, asked, with_sign(Decimal(outcome["difference"])), one.shown_at, one.shared_at)
