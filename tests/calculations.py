"""Make calculations that were shown; a test names only what is different about the situation."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from benefits.figures import load_figures
from benefits.income.law import IncomeLaw, income_law
from db.models import Calculation, Conversation, Municipality
from services.calculations import keep_shown
from services.phrases import Phrases
from tests.builders import NOW

LAW: IncomeLaw = income_law(load_figures())


def a_situation(hours: float = 20, wage: str = "15.00", children: tuple[str, ...] = (), **other: Any) -> dict[str, Any]:
    """Somebody of 36 who lives alone or with children and rents."""
    return {
        "household": {
            "type": "alleenstaande_ouder" if children else "alleenstaande",
            "birth_dates": ["1990-03-01"],
            "children": [{"birth_date": born} for born in children],
        },
        "housing": {"kale_huur": "612.35"},
        "work": [{"hours_per_week": hours, "hourly_wage": wage}],
    } | other


def build_calculation(
    session: Session,
    conversation: Conversation,
    situation: dict[str, Any] | None = None,
    at: datetime = NOW,
    language: str = "nl",
    **shown: Any,
) -> Calculation:
    """One that was shown to the resident of this conversation at `at`."""
    town = session.get_one(Municipality, conversation.municipality_id)
    calculation = Calculation(
        municipality_id=town.id,
        conversation_id=conversation.id,
        public_id=secrets.token_hex(16),
        started_at=at,
        changed_at=at,
    )
    session.add(calculation)
    keep_shown(session, calculation, LAW, situation or a_situation(), Phrases(session, town, language), at, **shown)
    return calculation
