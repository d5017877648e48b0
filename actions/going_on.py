"""A line amid a talk that goes on, about an appointment, an effort or a calculation: that talk says what it means."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.booking import lean_on_booking
from actions.calculate_income import lean_on_calculation
from actions.desk import Asked, Desk
from actions.log_search_effort import lean_on_effort
from services.phrases import Phrases
from services.words import Words


def lean_on_talk(desk: Desk, session: Session, phrases: Phrases, asked: Asked) -> Words | Sequence[Words] | None:
    """None when the line belongs to none of them."""
    return (
        lean_on_booking(desk, session, phrases, asked)
        or lean_on_effort(desk, session, phrases, asked)
        or lean_on_calculation(desk, session, phrases, asked)
    )
