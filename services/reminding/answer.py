"""What the assistant answers about reminders: which are planned, what is switched off, and that all are stopped."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ChecklistItem, Consent, ContactPoint, Conversation, Message, MessageStatus, ReminderKind
from services.calendar import day_and_time
from services.checklist.things import BY_KEY
from services.people.person import person_of
from services.phrases import Phrases
from services.reminding.kinds import next_month
from services.words import Button, Words

MINE, STOP = "my_reminders", "stop_reminders"
WANTED = "wanted"
"""The name of our effect; see services/reminding/effect.py."""
OFF, ON, MONTHLY, NOT_MONTHLY = "off", "on", "monthly", "not_monthly"
DEEDS = (OFF, ON, MONTHLY, NOT_MONTHLY)
ALL, INCOME = ReminderKind.ALL, ReminderKind.INCOME_FORM
BUTTONS_AT_MOST = 4
LINES_AT_MOST = 8


def answer_reminders(
    session: Session, phrases: Phrases, conversation: Conversation | None, kind: str, deed: str, now: datetime
) -> Words:
    """`kind` and `deed`: what a button brought."""
    known = next((one for one in ReminderKind if one.value == kind), None)
    if known is not None and deed in DEEDS:
        return _changed(phrases, known, deed, now)
    planned = planned_for(session, conversation) if conversation is not None else []
    off = _switched_off(session, conversation) if conversation is not None else set()
    if ALL in off:
        return Words(phrases.say("reminders_all_off"), topic=MINE, buttons=(_button(phrases, ALL, ON),))
    told = [one for one in planned if one.reminder not in off]
    things = _things(session, told)
    lines = [_line(phrases, one, things.get(one.id)) for one in told[:LINES_AT_MOST]]
    lines += [phrases.say("reminders_not_wanted", wat=_called(phrases, one)) for one in ReminderKind if one in off]
    if not lines:
        return Words(phrases.say("reminders_none"), topic=MINE, buttons=(_button(phrases, INCOME, MONTHLY),))
    buttons = _buttons(phrases, told, off)
    # Said only above its button: "yes" is an answer to it.
    offer = [phrases.say("reminders_income_offer")] if _button(phrases, INCOME, MONTHLY) in buttons else []
    text = "\n".join([phrases.say("reminders_yours" if told else "reminders_none_now"), *lines, *offer])
    return Words(text, topic=MINE, buttons=buttons)


def answer_stop(phrases: Phrases) -> Words:
    """All of them at once; said with how to turn back."""
    return Words(
        phrases.say("reminders_stopped"),
        topic=STOP,
        buttons=(_button(phrases, ALL, ON),),
        effects=({"effect": WANTED, "kind": ALL.value, "deed": OFF},),
    )


def planned_for(session: Session, conversation: Conversation) -> Sequence[Message]:
    """What is planned for whose chat this is, the soonest first: of a person in all his chats."""
    person = person_of(session, conversation)
    chats = select(Conversation.id).join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
    if person is not None:
        chats = chats.where(ContactPoint.person_id == person.id)
    else:
        chats = chats.where(ContactPoint.id == conversation.contact_point_id)
    query = select(Message).where(
        Message.municipality_id == conversation.municipality_id,
        Message.status == MessageStatus.PLANNED,
        Message.conversation_id.in_(chats),
    )
    rows = session.scalars(query.order_by(Message.due_at, Message.id)).all()
    return [row for row in rows if row.detail.get("person") in (None, person.id if person else None)]


def _changed(phrases: Phrases, kind: ReminderKind, deed: str, now: datetime) -> Words:
    if kind is ALL and deed == OFF:
        return answer_stop(phrases)
    wat = _called(phrases, kind) if kind is not ALL else ""
    if deed == MONTHLY:
        moment = next_month(phrases.municipality, now).moment
        text = phrases.say("reminders_income_planned", tijd=day_and_time(moment, phrases.language))
        buttons = (_button(phrases, INCOME, NOT_MONTHLY),)
    elif deed == NOT_MONTHLY:
        text, buttons = phrases.say("reminders_income_stopped"), (_button(phrases, INCOME, MONTHLY),)
    elif kind is ALL:
        text, buttons = phrases.say("reminders_back"), (_mine(phrases),)
    else:
        text = phrases.say("reminders_kind_off" if deed == OFF else "reminders_kind_on", wat=wat)
        buttons = (_button(phrases, kind, ON if deed == OFF else OFF),)
    return Words(text, topic=MINE, buttons=buttons, effects=({"effect": WANTED, "kind": kind.value, "deed": deed},))


def _buttons(phrases: Phrases, told: Sequence[Message], off: Collection[ReminderKind]) -> tuple[Button, ...]:
    kinds = list(dict.fromkeys(one.reminder or ReminderKind.CHECKLIST for one in told))
    buttons = [_button(phrases, kind, ON) for kind in ReminderKind if kind in off]
    buttons += [_button(phrases, kind, NOT_MONTHLY if kind is INCOME else OFF) for kind in kinds]
    if INCOME not in kinds and INCOME not in off:
        buttons.append(_button(phrases, INCOME, MONTHLY))
    return (*buttons[:BUTTONS_AT_MOST], Button(phrases.say("button_stop_reminders"), f"/{STOP}"))


def _button(phrases: Phrases, kind: ReminderKind, deed: str) -> Button:
    match deed:
        case "monthly":
            label = phrases.say("button_income_monthly")
        case "not_monthly":
            label = phrases.say("button_income_stop")
        case _ if kind is ALL:
            label = phrases.say("button_reminders_back")
        case _:
            label = phrases.say("button_kind_on" if deed == ON else "button_kind_off", wat=_called(phrases, kind))
    return Button(label, f'/{MINE}{{"topic": "{kind.value}", "kind": "{deed}"}}')


def _mine(phrases: Phrases) -> Button:
    return Button(phrases.say("button_my_reminders"), f"/{MINE}")


def _line(phrases: Phrases, planned: Message, thing: str | None) -> str:
    """`maandag 7 december 2026, 10.00: uw gesprek met de gemeente`; of a list, which thing on it."""
    when = day_and_time(planned.due_at, phrases.language) if planned.due_at else ""
    if thing in BY_KEY:
        return f"{when}: {phrases.say(f'checklist.{thing}.short')}"
    return f"{when}: {_called(phrases, planned.reminder or ReminderKind.CHECKLIST)}"


def _things(session: Session, planned: Sequence[Message]) -> dict[int, str]:
    query = select(ChecklistItem.reminder_id, ChecklistItem.key).where(
        ChecklistItem.municipality_id.in_({one.municipality_id for one in planned}),
        ChecklistItem.reminder_id.in_([one.id for one in planned]),
    )
    return {number: key for number, key in session.execute(query) if number is not None}


def _called(phrases: Phrases, kind: ReminderKind) -> str:
    return phrases.say(f"reminder_kind.{kind.value}")


def _switched_off(session: Session, conversation: Conversation) -> set[ReminderKind]:
    query = select(Consent.kind).where(
        Consent.municipality_id == conversation.municipality_id,
        Consent.contact_point_id == conversation.contact_point_id,
        Consent.wanted.is_(False),
    )
    return set(session.scalars(query))
