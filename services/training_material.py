"""What the understanding is made of: topics and their examples, as one document for the Rasa project."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.models import Topic
from services.errors import ContentError
from services.municipalities import library

ASKS_PERSON = "action_talk_to_human"
# Task topics that do more than say their text.
ACTIONS = {
    "talk_to_human": ASKS_PERSON,
    "request_callback": ASKS_PERSON,
    "distress": ASKS_PERSON,
    "switch_language": "action_switch_language",
    "link_case": "action_link_case",
    "my_agreements": "action_my_agreements",
    "my_data": "action_my_data",
    "my_reminders": "action_my_reminders",
    "show_conversations": "action_show_conversations",
    "stop_reminders": "action_stop_reminders",
}
# What only buttons mean: nobody types it, so it has no examples.
BUTTONS = {"checklist_item": "action_checklist_item"}
# What buttons carry besides a topic.
ENTITIES = ("topic", "kind", "language")
FORMS = (
    {"name": "booking_form", "topic": "book_conversation", "slot": "booking_told", "then": "action_book_conversation"},
    {
        "name": "moving_form",
        "topic": "reschedule_conversation",
        "slot": "moving_told",
        "then": "action_reschedule_conversation",
    },
    {
        "name": "cancelling_form",
        "topic": "cancel_conversation",
        "slot": "cancelling_told",
        "then": "action_cancel_conversation",
    },
    {
        "name": "delete_my_data_form",
        "topic": "delete_my_data",
        "slot": "delete_confirmed",
        "then": "action_delete_my_data",
    },
    {
        "name": "calculate_income_form",
        "topic": "calculate_income",
        "slot": "income_told",
        "then": "action_calculate_income",
    },
    {
        "name": "log_search_effort_form",
        "topic": "log_search_effort",
        "slot": "effort_told",
        "then": "action_log_search_effort",
    },
    {"name": "report_change_form", "topic": "report_change", "slot": "change_kind", "then": "action_report_change"},
    {"name": "work_checklist_form", "topic": "work_checklist", "slot": "work_start", "then": "action_work_checklist"},
)


def training_material(session: Session) -> dict[str, Any]:
    """Topics with their examples, forms and actions, in an order that only the content decides."""
    query = (
        select(Topic)
        .where(Topic.municipality_id == library(session).id)
        .order_by(Topic.name)
        .options(selectinload(Topic.examples))
    )
    topics = [_topic(topic) for topic in session.scalars(query)]
    if not topics:
        raise ContentError("There are no topics in the database: run `trede content import` first.")
    names = {topic["id"] for topic in topics}
    return {
        "topics": topics,
        "forms": [form for form in FORMS if form["topic"] in names],
        "intents": list(BUTTONS),
        "actions": {topic: action for topic, action in ACTIONS.items() if topic in names} | BUTTONS,
        "entities": list(ENTITIES),
    }


def _topic(topic: Topic) -> dict[str, Any]:
    # The question that stands above the answer is an example as good as any.
    examples = {language: [question] for language, question in topic.question.items()}
    for example in topic.examples:
        examples.setdefault(example.language, []).append(example.text)
    # Sorted, so that the order in which editors typed does not make another model.
    return {
        "id": topic.name,
        "kind": topic.kind.value,
        "examples": {language: sorted(set(texts)) for language, texts in sorted(examples.items())},
    }
