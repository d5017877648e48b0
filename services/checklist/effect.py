"""What an answer about a list writes down: in the transaction that writes the answer, so once or not at all."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from db.models import Conversation
from services.checklist.keep import find_thing, keep_list, read_list, tick, untick
from services.checklist.reminder import forget_reminder, plan_reminder
from services.errors import NotInThePast, UnknownThing
from services.needed import renew_need


def change_list(session: Session, conversation: Conversation, effect: Mapping[str, Any], now: datetime) -> None:
    """Do what the effect says. A list that was wiped meanwhile needs nothing any more."""
    deed = effect["deed"]
    if deed == "keep":
        dues = {key: date.fromisoformat(due) if due else None for key, due in effect["dues"].items()}
        keep_list(session, conversation, dues, now)
    elif deed == "forget_all":
        forget_all(session, conversation, now)
    else:
        with suppress(UnknownThing, NotInThePast):
            _change_thing(session, conversation, effect, now)


def forget_all(session: Session, conversation: Conversation, now: datetime) -> None:
    """No reminder any more."""
    for item in read_list(session, conversation):
        forget_reminder(session, item)
    renew_need(session, conversation, now)


def _change_thing(session: Session, conversation: Conversation, effect: Mapping[str, Any], now: datetime) -> None:
    key = effect["key"]
    match effect["deed"]:
        case "done":
            tick(session, conversation, key, now)
        case "open":
            untick(session, conversation, key, now)
        case "remind":
            item = find_thing(session, conversation, key)
            plan_reminder(session, conversation, item, datetime.fromisoformat(effect["at"]), now)
        case "forget":
            forget_reminder(session, find_thing(session, conversation, key))
            renew_need(session, conversation, now)
        case unknown:
            raise ValueError(f"unknown deed '{unknown}'")
