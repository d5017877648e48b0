"""Reminders of which nothing else is on record: the monthly income form, papers to hand in, and the day of a review.

What they are about stands in the row itself: of whom in `about`, of which month or day in its version.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from babel.dates import format_date
from sqlalchemy.orm import Session

from db.models import Conversation, Message, Municipality, Person, ReminderKind
from services.answer_topic import human_button
from services.calendar import day_here, in_words
from services.phrases import Phrases
from services.reminding.moments import moment_on, working_day
from services.reminding.plan import plan_about
from services.words import Words

INCOME, DOCUMENTS, REVIEW = "income_form", "documents", "review"
END_OF_DAY = time(20, 0)
DAYS_BEFORE = timedelta(days=3)
ANY_DAY = 25
"""Of the month, where it is not known when the form has to be in."""


def income_about(person: Person | None, conversation: Conversation) -> str:
    return f"{INCOME}:p{person.id}" if person is not None else f"{INCOME}:c{conversation.id}"


@dataclass(frozen=True)
class Month:
    """Of one form: `version` is year and month, `until` the end of the day before which it has to be in."""

    version: int
    moment: datetime
    until: datetime


def next_month(town: Municipality, now: datetime, after: int = 0) -> Month:
    """The first month after that one of which the reminder is still to come."""
    day, first = form_day(town) or ANY_DAY, day_here(now).replace(day=1)
    for ahead in count():
        month = _months_on(first, ahead)
        last = _in_month(month, day)
        moment = moment_on(working_day(last - DAYS_BEFORE))
        if month.year * 100 + month.month > after and moment > now:
            return Month(month.year * 100 + month.month, moment, moment_on(last, END_OF_DAY))
    raise AssertionError  # months do not run out


def form_day(town: Municipality) -> int | None:
    """Before which day of the month the form has to be in, when the municipality told."""
    return (town.settings.get("policy") or {}).get("income_form_day")


def plan_income_form(
    session: Session, about: str, person: Person | None, conversation: Conversation, now: datetime, after: int = 0
) -> list[Message]:
    """The next one; when it is over, the one after it is planned (services/reminding/follow.py)."""
    month = next_month(session.get_one(Municipality, conversation.municipality_id), now, after)
    return plan_about(
        session,
        about,
        month.version,
        ReminderKind.INCOME_FORM,
        (("month", month.moment),),
        month.until,
        person,
        conversation,
        now,
    )


def next_income_form(session: Session, message: Message, now: datetime) -> None:
    """Also when this one was not said: who switches reminders on again gets the next."""
    person_id = message.detail.get("person")
    person = session.get(Person, person_id) if person_id is not None else None
    if (person_id is None) == (person is None) and (person is None or person.closed_at is None):
        conversation = session.get_one(Conversation, message.conversation_id)
        plan_income_form(session, message.about or "", person, conversation, now, message.about_version or 0)


def say_income_form(
    _session: Session, phrases: Phrases, planned: Message, _conversation: Conversation, _now: datetime
) -> Words | None:
    year, month = divmod(planned.about_version or 0, 100)
    if planned.useful_until is None:
        return None
    named = format_date(date(year, month, 1), "MMMM", locale="en_GB" if phrases.language == "en" else "nl")
    last = in_words(day_here(planned.useful_until), phrases.language)
    key = "remind_income_form" if form_day(phrases.municipality) else "remind_income_form_no_day"
    return Words(phrases.say(key, wat=named, datum=last), topic="my_reminders", buttons=(human_button(phrases),))


def say_documents(
    _session: Session, phrases: Phrases, planned: Message, _conversation: Conversation, _now: datetime
) -> Words | None:
    return _of_a_day(phrases, planned, "remind_documents")


def say_review(
    _session: Session, phrases: Phrases, planned: Message, _conversation: Conversation, _now: datetime
) -> Words | None:
    return _of_a_day(phrases, planned, "remind_review")


def _of_a_day(phrases: Phrases, planned: Message, key: str) -> Words:
    day = in_words(date.fromordinal(planned.about_version or 1), phrases.language)
    return Words(phrases.say(key, datum=day), buttons=(human_button(phrases),))


def _months_on(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _in_month(first: date, day: int) -> date:
    """That day of the month, or the last one that it has."""
    return min(first + timedelta(days=day - 1), _months_on(first, 1) - timedelta(days=1))
