"""Calculations that were shown: keep them as they were, find them again, and let their owner share or save them."""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from benefits.income.as_data import as_data
from benefits.income.effect import income_effect
from benefits.income.law import IncomeLaw
from benefits.income.overview import overview
from benefits.income.read_scenario import read_scenario
from benefits.income.scenario import Scenario
from db.models import Calculation, Conversation
from db.models.calculation import CalculationState
from services.calendar import day_here
from services.conversations import Address, find_contact_point
from services.errors import LinkOver, UnknownCalculation
from services.keys import Keys
from services.phrases import Phrases

LINK_HOLDS = timedelta(hours=24)


def full_outcome(law: IncomeLaw, scenario: Scenario, phrases: Phrases, until: Decimal | None = None) -> dict[str, Any]:
    """All that a page of this calculation shows, as data. Takes some ten milliseconds; reads sentences only."""
    outcome = income_effect(law, scenario)
    shown = {"on": scenario.on.isoformat(), "language": phrases.language}
    return shown | as_data(outcome, phrases.say) | overview(law, scenario, outcome, until)


def keep_shown(
    session: Session,
    calculation: Calculation,
    law: IncomeLaw,
    document: dict[str, Any],
    phrases: Phrases,
    now: datetime,
    until: Decimal | None = None,
) -> dict[str, Any]:
    """Write down what came out, in the transaction that writes the answer; from then on it is never changed.

    `document` is in the form of docs/income.md and fit for JSON; `until` is the higher end of a range of hours, of
    which the lower stands in the document. Raises ScenarioWrong when the document is not to be calculated.
    """
    scenario = read_scenario(document, day_here(now), law)
    calculation.scenario = document | {"on": scenario.on.isoformat()}
    calculation.outcome = full_outcome(law, scenario, phrases, until)
    calculation.rules_version = law.version
    calculation.state, calculation.asking = CalculationState.SHOWN, None
    calculation.shown_at = calculation.changed_at = now
    session.flush()
    return calculation.outcome


def make_link(calculation: Calculation, slug: str, now: datetime) -> str:
    """A way to its page that holds for 24 hours and takes the place of an earlier one; without the host."""
    key = secrets.token_urlsafe(32)
    calculation.link_hash, calculation.link_until = _print_of(calculation, key), now + LINK_HOLDS
    return f"{page_path(slug, calculation)}?sleutel={key}"


def page_path(slug: str, calculation: Calculation) -> str:
    return f"/{slug}/berekening/{calculation.public_id}"


def _print_of(calculation: Calculation, key: str) -> str:
    """The key is random and long: who reads the print in the database cannot find it back."""
    return hmac.new(key.encode(), calculation.public_id.encode(), sha256).hexdigest()


def find_by_link(session: Session, municipality_id: int, public_id: str, key: str, now: datetime) -> Calculation:
    """Raises LinkOver when the key does not fit or is too old, and also when there is no such calculation: who tries
    learns nothing from the difference."""
    found = session.scalar(_shown(municipality_id).where(Calculation.public_id == public_id))
    if found is None or found.link_hash is None or found.link_until is None:
        raise LinkOver
    fits = hmac.compare_digest(found.link_hash.encode(), _print_of(found, key).encode())
    if not fits or now >= found.link_until:
        raise LinkOver
    return found


def find_own(session: Session, keys: Keys, address: Address, public_id: str) -> Calculation:
    """One that was made at this address, in this conversation or an earlier one."""
    found = session.scalar(_own(session, keys, address).where(Calculation.public_id == public_id))
    if found is None:
        raise UnknownCalculation
    return found


def list_saved(session: Session, keys: Keys, address: Address) -> Sequence[Calculation]:
    """The newest first."""
    query = _own(session, keys, address).where(Calculation.saved_at.is_not(None))
    return session.scalars(query.order_by(Calculation.saved_at.desc(), Calculation.id.desc())).all()


def find_for_staff(session: Session, municipality_id: int, calculation_id: int) -> Calculation:
    """Raises UnknownCalculation, also when it is of another municipality."""
    found = session.scalar(_shown(municipality_id).where(Calculation.id == calculation_id))
    if found is None:
        raise UnknownCalculation
    return found


def of_conversation(session: Session, conversation: Conversation) -> Sequence[Calculation]:
    """What was shown in a conversation, the newest first; for whoever may read the conversation."""
    query = _shown(conversation.municipality_id).where(Calculation.conversation_id == conversation.id)
    return session.scalars(query.order_by(Calculation.id.desc())).all()


def save(calculation: Calculation, now: datetime) -> None:
    calculation.saved_at = calculation.saved_at or now


def unsave(calculation: Calculation, _now: datetime) -> None:
    calculation.saved_at = None


def share(calculation: Calculation, now: datetime) -> None:
    """Ask the caseworker to look at it: it stands first beside the conversation."""
    calculation.shared_at = calculation.shared_at or now


def unshare(calculation: Calculation, _now: datetime) -> None:
    calculation.shared_at = None


def _own(session: Session, keys: Keys, address: Address) -> Select[Calculation]:
    contact = find_contact_point(session, keys, address)
    query = _shown(address.municipality.id).join(Conversation, Conversation.id == Calculation.conversation_id)
    return query.where(Conversation.contact_point_id == (contact.id if contact else None))


def _shown(municipality_id: int) -> Select[Calculation]:
    return select(Calculation).where(
        Calculation.municipality_id == municipality_id, Calculation.state == CalculationState.SHOWN
    )
