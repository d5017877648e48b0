"""What is written down of a talk about income, each in the transaction that writes the answer it belongs to."""

import secrets
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from benefits.income.law import IncomeLaw
from db.models import Calculation, Conversation
from db.models.calculation import CalculationState
from services.calculations import keep_shown
from services.income_talk.answers import Answers
from services.municipalities import get_municipality
from services.phrases import Phrases

TOLD = "calculation_told"
SHOWN = "calculation_shown"


def new_public_id() -> str:
    """Made when an outcome is said, because the words hold the way to its page."""
    return secrets.token_urlsafe(24)


def told(answers: Answers, asking: str | None) -> dict[str, Any]:
    """`asking` None: nothing is asked any more, and what is known by now is left for later."""
    return {"effect": TOLD, "answers": answers, "asking": asking}


def shown(
    public_id: str, answers: Answers, document: dict[str, Any], until: Decimal | None, based_on: int | None
) -> dict[str, Any]:
    """The very document from which the words were made; `until` is the other end of a range of hours."""
    return {
        "effect": SHOWN,
        "public_id": public_id,
        "answers": answers,
        "document": document,
        "until": None if until is None else str(until),
        "based_on": based_on,
    }


def open_calculation(session: Session, conversation: Conversation) -> Calculation | None:
    """The one whose questions are still open."""
    return session.scalar(_of(conversation).where(Calculation.state == CalculationState.ASKING))


def last_shown(session: Session, conversation: Conversation) -> Calculation | None:
    query = _of(conversation).where(Calculation.state == CalculationState.SHOWN)
    return session.scalar(query.order_by(Calculation.id.desc()).limit(1))


def take_answer(session: Session, conversation: Conversation, effect: dict[str, Any], now: datetime) -> None:
    """Begin, or go on: all that is known by now, and the question that waits."""
    calculation = open_calculation(session, conversation) or _begin(session, conversation, now)
    calculation.answers, calculation.asking = effect["answers"], effect["asking"]
    calculation.changed_at = now
    session.flush()


def show_outcome(
    session: Session, conversation: Conversation, effect: dict[str, Any], law: IncomeLaw, now: datetime
) -> None:
    """Keep the calculation as it was said; a variation is another one, and the open questions are answered."""
    calculation = open_calculation(session, conversation) or _begin(session, conversation, now)
    calculation.public_id, calculation.answers = effect["public_id"], effect["answers"]
    calculation.based_on = effect["based_on"]
    municipality = get_municipality(session, conversation.municipality_id)
    phrases = Phrases(session, municipality, conversation.language)
    until = None if effect["until"] is None else Decimal(effect["until"])
    keep_shown(session, calculation, law, effect["document"], phrases, now, until)


def _begin(session: Session, conversation: Conversation, now: datetime) -> Calculation:
    calculation = Calculation(
        municipality_id=conversation.municipality_id,
        conversation_id=conversation.id,
        public_id=new_public_id(),
        answers={},
        started_at=now,
        changed_at=now,
    )
    session.add(calculation)
    return calculation


def _of(conversation: Conversation) -> Select[Calculation]:
    return select(Calculation).where(
        Calculation.municipality_id == conversation.municipality_id, Calculation.conversation_id == conversation.id
    )
