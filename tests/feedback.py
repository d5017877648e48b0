"""Make answers that residents judged; a test names only what matters to it."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Feedback, Message, MessageKind, Municipality
from tests.conversations import MONDAY, build_conversation, build_message


def build_answer(
    session: Session, town: Municipality, topic: str = "wealth_limit", revision: int | None = 1
) -> Message:
    """An answer to a question, in a conversation of its own."""
    conversation = build_conversation(session, town)
    detail = {"to_judge": True, "revision": revision}
    return build_message(session, conversation, 2, "Dat mag.", MessageKind.ANSWER, topic=topic, detail=detail)


def build_feedback(
    session: Session,
    town: Municipality,
    right: bool = False,
    remark: str | None = None,
    topic: str = "wealth_limit",
    revision: int | None = 1,
    at: datetime = MONDAY,
) -> Feedback:
    answer = build_answer(session, town, topic, revision)
    told = Feedback(
        municipality_id=town.id, message_id=answer.id, topic=topic, revision=revision, right=right, remark=remark,
        given_at=at,
    )  # fmt: skip
    session.add(told)
    session.flush()
    return told
