"""Put content into the database. What an editor changed there stays, unless told otherwise."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.models import AnswerRevision, Example, Municipality, Phrase, Topic
from services.content.forms import LANGUAGES, Answer, MunicipalityFile, OwnTextFile, TopicFile
from services.content.read import Content
from services.errors import ContentError
from services.municipalities import library

COPIED = ("kind", "section", "certainty", "question", "label", "follow_up")
"""What a municipality's own topic has of the national one."""


@dataclass(frozen=True)
class Imported:
    topics: int
    municipalities: int
    phrases: int
    kept: int
    """Topics that were there already and were left as they are."""


def import_content(session: Session, content: Content, overwrite: bool = False, settings: bool = False) -> Imported:
    """Add what is missing. With `overwrite`, topics and phrases get the form of the files again; with `settings`,
    municipalities lose what they filled in themselves for what stands in their files."""
    owner = library(session)
    for town in content.municipalities:
        _put_municipality(session, town, settings)
    if overwrite:
        _remove_topics(session, owner, content)
    there = set(session.scalars(select(Topic.name).where(Topic.municipality_id == owner.id)))
    new = [topic for topic in content.topics if topic.id not in there]
    taken = _examples_there(session, owner)
    session.add_all(_topic(owner, topic, taken) for topic in new)
    session.flush()
    for slug, text in content.own:
        _put_own(session, owner, slug, text, overwrite)
    _put_phrases(session, owner, content, overwrite)
    session.flush()
    return Imported(len(new), len(content.municipalities), len(content.phrases), len(content.topics) - len(new))


def _put_municipality(session: Session, town: MunicipalityFile, replace: bool) -> None:
    row = session.scalar(select(Municipality).where(Municipality.slug == town.slug))
    told = town.model_dump(mode="json", exclude={"slug", "name", "example"})
    if row is not None and not replace:
        # A setting that did not exist yet when it was imported.
        row.settings = told | row.settings
        return
    if row is None:
        row = Municipality(slug=town.slug)
        session.add(row)
    row.name, row.example = town.name, town.example
    row.settings = told


def _remove_topics(session: Session, owner: Municipality, content: Content) -> None:
    """All at once, before any is written: an example may have moved from one topic to another."""
    names = [topic.id for topic in content.topics]
    for row in session.scalars(select(Topic).where(Topic.municipality_id == owner.id, Topic.name.in_(names))):
        session.delete(row)
    session.flush()


def _examples_there(session: Session, owner: Municipality) -> set[tuple[str, str]]:
    query = select(Example.language, Example.text).where(Example.municipality_id == owner.id)
    return {(language, text) for language, text in session.execute(query)}


def _topic(owner: Municipality, file: TopicFile, taken: set[tuple[str, str]]) -> Topic:
    """An example that an editor gave to another topic stays there."""
    return Topic(
        municipality_id=owner.id,
        name=file.id,
        kind=file.kind,
        section=file.section,
        certainty=file.certainty,
        question=file.question.model_dump(exclude_none=True),
        label=file.label.model_dump(exclude_none=True),
        follow_up=list(file.follow_up),
        revisions=[_revision(owner, answer) for answer in file.answers],
        examples=[
            Example(municipality_id=owner.id, language=language, text=text)
            for language in LANGUAGES
            for text in getattr(file.examples, language)
            if (language, text) not in taken
        ],
    )


def _put_own(session: Session, owner: Municipality, slug: str, file: OwnTextFile, overwrite: bool) -> None:
    """A text of a municipality itself. What it set aside stays so, as long as nothing is overwritten."""
    town = session.scalar(select(Municipality).where(Municipality.slug == slug))
    national = session.scalar(select(Topic).where(Topic.municipality_id == owner.id, Topic.name == file.id))
    if town is None or national is None:
        raise ContentError(f"own/{slug}/{file.id}.yaml: there is no such municipality, or no such topic.")
    there = session.scalar(select(Topic).where(Topic.municipality_id == town.id, Topic.name == file.id))
    if there is not None and not overwrite:
        return
    if there is not None:
        session.delete(there)
        session.flush()
    copied = {name: getattr(national, name) for name in COPIED}
    session.add(
        Topic(
            municipality_id=town.id,
            name=file.id,
            revisions=[_revision(town, answer) for answer in file.answers],
            **copied,
        )
    )


def _revision(owner: Municipality, answer: Answer) -> AnswerRevision:
    texts = {language: getattr(answer, language) for language in LANGUAGES}
    return AnswerRevision(
        municipality_id=owner.id,
        valid_from=answer.valid_from,
        valid_to=answer.valid_to,
        checked_on=answer.checked_on,
        checked_by=answer.checked_by,
        sources=[source.model_dump(mode="json") for source in answer.sources],
        texts={language: text.model_dump(exclude_none=True) for language, text in texts.items() if text},
    )


def _put_phrases(session: Session, owner: Municipality, content: Content, overwrite: bool) -> None:
    if overwrite:
        session.execute(delete(Phrase).where(Phrase.municipality_id == owner.id))
    query = select(Phrase.key, Phrase.language).where(Phrase.municipality_id == owner.id)
    there = {(key, language) for key, language in session.execute(query)}
    for key, text in content.phrases.items():
        for language in LANGUAGES:
            said = getattr(text, language)
            if said and (key, language) not in there:
                session.add(Phrase(municipality_id=owner.id, key=key, language=language, text=said))
