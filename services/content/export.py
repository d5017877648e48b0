"""Write the content of the database back to files of the same form."""

from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import AnswerRevision, Municipality, Phrase, Topic
from services.answer_periods import Period, periods
from services.content.forms import LANGUAGES
from services.municipalities import library, list_municipalities


def export_content(session: Session, folder: Path) -> int:
    """Number of files written under `folder`. Reading them in again gives the same content."""
    owner = library(session)
    files = {f"municipalities/{town.slug}.yaml": _municipality(town) for town in list_municipalities(session)}
    for topic in session.scalars(select(Topic).where(Topic.municipality_id == owner.id).order_by(Topic.name)):
        files[f"topics/{topic.section}/{topic.name}.yaml"] = _topic(topic)
    for town in list_municipalities(session):
        own = select(Topic).where(Topic.municipality_id == town.id, Topic.set_aside_at.is_(None)).order_by(Topic.name)
        for topic in session.scalars(own):
            files[f"own/{town.slug}/{topic.name}.yaml"] = {"id": topic.name, "answers": _answers(topic)}
    files["phrases/phrases.yaml"] = _phrases(session, owner)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
    return len(files)


def _municipality(town: Municipality) -> dict[str, Any]:
    return {"slug": town.slug, "name": town.name, "example": town.example, **town.settings}


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "id": topic.name,
        "kind": topic.kind.value,
        "section": topic.section,
        "certainty": topic.certainty.value,
        "question": topic.question,
        "label": topic.label,
        "follow_up": list(topic.follow_up),
        "answers": _answers(topic),
        "examples": {language: [e.text for e in topic.examples if e.language == language] for language in LANGUAGES},
    }


def _answers(topic: Topic) -> list[dict[str, Any]]:
    return [_answer(one, one.revision) for one in periods(topic.revisions) if one.revision]


def _answer(period: Period, revision: AnswerRevision) -> dict[str, Any]:
    """What was corrected is written from the day of the correction; what nobody reads any more is not written."""
    return {
        "valid_from": period.first,
        "valid_to": period.last,
        "checked_on": revision.checked_on,
        "checked_by": revision.checked_by,
        "sources": revision.sources,
        **revision.texts,
    }


def _phrases(session: Session, owner: Municipality) -> dict[str, dict[str, str]]:
    phrases: dict[str, dict[str, str]] = {}
    query = select(Phrase).where(Phrase.municipality_id == owner.id).order_by(Phrase.key, Phrase.language.desc())
    for phrase in session.scalars(query):
        phrases.setdefault(phrase.key, {})[phrase.language] = phrase.text
    return phrases
