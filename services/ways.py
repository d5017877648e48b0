"""Addresses of our pages for a channel that has none: only of pages that open without the cookie of a browser."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Calculation, Municipality
from services.calculations import make_link
from services.reminding.letter import link_to_letter
from services.words import Way

CALCULATION = "/berekening/"
APPOINTMENT = "/afspraak/"
"""Its random name is the key: a phone fetches the file without the cookie of a browser."""
LETTER = "/bericht/"


def address_to_send(
    session: Session, municipality: Municipality, conversation_id: int, way: Way, public_url: str, now: datetime
) -> str | None:
    """With a key of its own, made at the moment of sending and kept nowhere; None when the page is not for there."""
    if not public_url:
        return None
    if way.page.startswith(LETTER):
        number = int(way.page.removeprefix(LETTER))
        link = link_to_letter(session, municipality.id, municipality.slug, number, conversation_id, now)
        return None if link is None else public_url.rstrip("/") + link
    if way.page.startswith(APPOINTMENT):
        return f"{public_url.rstrip('/')}/{municipality.slug}{way.page}"
    if not way.page.startswith(CALCULATION):
        return None
    calculation = session.scalar(
        select(Calculation).where(
            Calculation.municipality_id == municipality.id,
            Calculation.conversation_id == conversation_id,
            Calculation.public_id == way.page.removeprefix(CALCULATION),
        )
    )
    return None if calculation is None else public_url.rstrip("/") + make_link(calculation, municipality.slug, now)
