"""A reminder that comes back: when one is over, said or not, the next is planned."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Message
from services.reminding.kinds import INCOME, next_income_form

type Following = Callable[[Session, Message, datetime], None]

NEXT: dict[str, Following] = {INCOME: next_income_form}
"""By the word before the colon of `about`."""


def follow_up(session: Session, message: Message, now: datetime) -> None:
    following = NEXT.get((message.about or "").partition(":")[0])
    if following is not None:
        following(session, message, now)
