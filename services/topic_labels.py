"""What topics are called, for who reads about them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Topic
from services.municipalities import scope
from services.phrases import DEFAULT_LANGUAGE


def topic_labels(session: Session, municipality_id: int, names: Collection[str] | None = None) -> dict[str, str]:
    """By name, in the order of the labels: of these topics, or of all that the municipality uses. Its own ones win."""
    query = select(Topic.name, Topic.label, Topic.municipality_id).where(
        Topic.municipality_id.in_(scope(session, municipality_id))
    )
    if names is not None:
        query = query.where(Topic.name.in_(names))
    own_last = sorted(session.execute(query), key=lambda row: row.municipality_id == municipality_id)
    labels = {row.name: row.label[DEFAULT_LANGUAGE] for row in own_last}
    return dict(sorted(labels.items(), key=lambda pair: pair[1].casefold()))
