"""What an answer about an effort writes down: in the transaction that writes the answer, so once or not at all."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from db.models import Conversation, EffortKind
from services.effort.keep import change_day, find_told_at, keep_effort, remove_effort


def change_efforts(session: Session, conversation: Conversation, effect: Mapping[str, Any], now: datetime) -> None:
    """`told_at` names the effort. One that is no longer there needs nothing any more."""
    told_at = datetime.fromisoformat(effect["told_at"])
    if effect["deed"] == "keep":
        kind, day = EffortKind(effect["kind"]), date.fromisoformat(effect["day"])
        keep_effort(session, conversation, kind, day, effect["text"], told_at)
        return
    found = find_told_at(session, conversation, told_at)
    if found is None:
        return
    match effect["deed"]:
        case "move":
            change_day(session, found, date.fromisoformat(effect["day"]), now)
        case "remove":
            remove_effort(session, found, now)
        case unknown:
            raise ValueError(f"unknown deed '{unknown}'")
