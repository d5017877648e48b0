"""What was tried before a caseworker got the task: times, channels and codes, never what anybody wrote."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import DeliveryAttempt


def attempts_about(session: Session, municipality_id: int, about: str) -> list[dict[str, str]]:
    """In the order in which they were made; empty: nothing could be sent."""
    query = select(DeliveryAttempt).where(
        DeliveryAttempt.municipality_id == municipality_id, DeliveryAttempt.about == about
    )
    made = session.scalars(query.order_by(DeliveryAttempt.at, DeliveryAttempt.id))
    return [{"at": one.at.isoformat(), "channel": one.channel.value, "result": one.result} for one in made]
