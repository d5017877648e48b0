"""The models that were made: which one answers residents, and which did so before."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from db.models import ModelVersion, Municipality
from db.models.municipality import LIBRARY
from services.errors import NoWayBack
from services.municipalities import library

KEPT = 5
"""So many models that were live stay on disk: the way back must be short, and a model is ten megabytes."""


def live_version(session: Session) -> ModelVersion | None:
    """The one that answers residents."""
    return session.scalar(_of_library(session).where(ModelVersion.live.is_(True)))


def find_version(session: Session, version: str) -> ModelVersion | None:
    return session.scalar(_of_library(session).where(ModelVersion.version == version))


def versions_that_were_live(session: Session) -> Sequence[ModelVersion]:
    """The live one first, then by when they last were."""
    query = _of_library(session).where(ModelVersion.live_since.is_not(None))
    return session.scalars(query.order_by(ModelVersion.live.desc(), ModelVersion.live_since.desc())).all()


def versions_to_go_back_to(session: Session) -> list[ModelVersion]:
    """Those of which the file is kept, without the live one. A model of other code would not outlive the next start."""
    there = versions_that_were_live(session)[:KEPT]
    if not there or not there[0].live:
        return list(there)
    return [one for one in there[1:] if one.manifest.get("code") == there[0].manifest.get("code")]


def keep_version(session: Session, version: str, file: str, manifest: dict[str, Any], now: datetime) -> ModelVersion:
    """Put a model that was made on record; it is not live by that."""
    row = find_version(session, version)
    if row is None:
        row = ModelVersion(municipality_id=library(session).id, version=version, trained_at=now)
        session.add(row)
    row.file, row.manifest = file, manifest
    session.flush()
    return row


def make_live(session: Session, version: str, now: datetime) -> None:
    """From now on this one answers residents. Raises NoWayBack when it is not on record."""
    row = find_version(session, version)
    if row is None:
        raise NoWayBack
    if not row.live:
        others = update(ModelVersion).where(
            ModelVersion.municipality_id == row.municipality_id, ModelVersion.live.is_(True)
        )
        session.execute(others.values(live=False))
        row.live, row.live_since = True, now


def knows_every_topic(session: Session, topics: Collection[str], code: str) -> bool:
    """Whether one that was live, made by this code, knows these topics: then none came in by an import since."""
    known = [
        set(one.manifest["topics"]) for one in versions_that_were_live(session) if one.manifest.get("code") == code
    ]
    return any(known_to_one.issuperset(topics) for known_to_one in known)


def _of_library(session: Session) -> Select[ModelVersion]:
    owner = select(Municipality.id).where(Municipality.slug == LIBRARY).scalar_subquery()
    return select(ModelVersion).where(ModelVersion.municipality_id == owner)
