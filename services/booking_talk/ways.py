"""The buttons of this talk. Each says what it answers, also when something else is asked by then."""

import json

from db.models import Appointment
from services.answer_topic import human_button
from services.booking_talk.state import TOPICS, Deed
from services.phrases import Phrases
from services.words import Button


def button(label: str, deed: Deed, choice: str, value: str | None = None) -> Button:
    values = {"choice": choice} | ({"value": value} if value is not None else {})
    return Button(label, f"/{TOPICS[deed]}{json.dumps(values)}")


def about_button(label: str, deed: Deed, appointment: Appointment) -> Button:
    """Of one appointment: this one is to be moved or cancelled."""
    return Button(label, f"/{TOPICS[deed]}{json.dumps({'reference': appointment.public_id})}")


def begin_button(phrases: Phrases, deed: Deed) -> Button:
    return Button(phrases.say("button_plan"), f"/{TOPICS[deed]}")


def move_or_cancel(phrases: Phrases, appointment: Appointment) -> tuple[Button, ...]:
    return (
        about_button(phrases.say("button_move"), Deed.MOVE, appointment),
        about_button(phrases.say("button_cancel"), Deed.CANCEL, appointment),
        human_button(phrases),
    )
