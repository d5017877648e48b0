"""What an answer about reminders does: in the transaction that writes the answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.models import Conversation, ReminderKind
from services.checklist.effect import forget_all
from services.needed import renew_need
from services.people.consents import set_wanted
from services.people.person import person_of
from services.reminding.answer import MONTHLY, NOT_MONTHLY, OFF
from services.reminding.kinds import income_about, plan_income_form
from services.reminding.plan import forget_about


def change_reminders(session: Session, conversation: Conversation, effect: Mapping[str, Any], now: datetime) -> None:
    """Switch a kind off or on; plan the monthly one or forget it."""
    kind, deed = ReminderKind(effect["kind"]), effect["deed"]
    person = person_of(session, conversation)
    about = income_about(person, conversation)
    if deed == NOT_MONTHLY:
        forget_about(session, conversation.municipality_id, about, now)
        return
    set_wanted(session, conversation, kind, deed != OFF, now)
    if deed == MONTHLY:
        plan_income_form(session, about, person, conversation, now)
    elif deed == OFF and kind is ReminderKind.ALL:
        stop_own_wishes(session, conversation, about, now)


def stop_own_wishes(session: Session, conversation: Conversation, about: str, now: datetime) -> None:
    """What somebody asked for himself is gone; what is about his case comes back when he wants it again."""
    forget_all(session, conversation, now)
    forget_about(session, conversation.municipality_id, about, now)
    renew_need(session, conversation, now)
