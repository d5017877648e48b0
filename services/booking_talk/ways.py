"""The buttons of this talk. Each says what it answers, also when something else is asked by then."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from db.models import Appointment, MeetingChannel
from services.agenda.slot import Slot
from services.answer_topic import human_button
from services.booking_talk.state import TOPICS, Deed
from services.phrases import Phrases
from services.words import Button

BEGIN, AT = "begin", "at"
"""Choices of buttons that begin by themselves, whatever was planned before: for one kind, or at one time."""


@dataclass(frozen=True)
class Moment:
    """A time as a button carries it: whoever presses it may do so days later, when nothing is known of it any more."""

    programme: str
    begins_at: datetime
    channel: MeetingChannel

    def __str__(self) -> str:
        return f"{self.programme} {self.begins_at.isoformat()} {self.channel.value}"

    @classmethod
    def read(cls, value: str) -> Self | None:
        """None for what no button of ours carries."""
        match value.split(" "):
            case [programme, moment, channel]:
                try:
                    begins_at = datetime.fromisoformat(moment)
                    return cls(programme, begins_at, MeetingChannel(channel)) if begins_at.tzinfo else None
                except ValueError:
                    return None
        return None


def button(label: str, deed: Deed, choice: str, value: str | None = None) -> Button:
    values = {"choice": choice} | ({"value": value} if value is not None else {})
    return Button(label, f"/{TOPICS[deed]}{json.dumps(values)}")


def about_button(label: str, deed: Deed, appointment: Appointment) -> Button:
    """Of one appointment: this one is to be moved or cancelled."""
    return Button(label, f"/{TOPICS[deed]}{json.dumps({'reference': appointment.public_id})}")


def begin_button(phrases: Phrases, deed: Deed) -> Button:
    return Button(phrases.say("button_plan"), f"/{TOPICS[deed]}")


def begin_with_button(label: str, programme: str) -> Button:
    """A time for this conversation, also when others could be meant."""
    return button(label, Deed.BOOK, BEGIN, programme)


def time_button(label: str, programme: str, slot: Slot) -> Button:
    return button(label, Deed.BOOK, AT, str(Moment(programme, slot.begins_at, slot.channel)))


def move_or_cancel(phrases: Phrases, appointment: Appointment) -> tuple[Button, ...]:
    return (
        about_button(phrases.say("button_move"), Deed.MOVE, appointment),
        about_button(phrases.say("button_cancel"), Deed.CANCEL, appointment),
        human_button(phrases),
    )
