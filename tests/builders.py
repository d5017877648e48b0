"""Make the records a test needs; a test names only what matters to it."""

import json
import shutil
import tempfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from db.migrate import upgrade
from db.models import Account, AnswerRevision, Certainty, Municipality, Phrase, Role, Topic, TopicKind
from db.session import Database, open_engine
from services.content.read import PHRASES, Content
from services.content.store import import_content
from services.keys import Keys
from services.municipalities import library

CONTENT = Path(__file__).parent.parent / "content"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PUT_PHRASES = {
    "sqlite": """INSERT INTO phrase (municipality_id, key, language, text)
        SELECT :owner, value ->> 'key', value ->> 'language', value ->> 'text' FROM json_each(:rows)""",
    "postgresql": """INSERT INTO phrase (municipality_id, key, language, text)
        SELECT :owner, value ->> 'key', value ->> 'language', value ->> 'text'
        FROM json_array_elements(CAST(:rows AS json))""",
}


def build_keys() -> Keys:
    return Keys("a secret that is only used in tests, and long enough")


def build_database(folder: Path) -> Database:
    """A SQLite file of this test alone, in the newest form. The migrations run once a test run; the rest are copies."""
    file = folder / "trede.sqlite"
    shutil.copy(_migrated_file(), file)
    return Database(f"sqlite:///{file}")


@cache
def _migrated_file() -> Path:
    file = Path(tempfile.mkdtemp(prefix="trede-tests-")) / "migrated.sqlite"
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    # Out of WAL, so that the one file is all there is to copy.
    with engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


def build_municipality(
    session: Session, slug: str = "voorbeeldstad", name: str = "Voorbeeldstad", example: bool = True, **settings: Any
) -> Municipality:
    town = Municipality(slug=slug, name=name, example=example, settings=settings)
    session.add(town)
    session.flush()
    return town


def build_phrases(session: Session) -> None:
    """All sentences that ship with the product. In one statement, since hundreds of tests begin with this."""
    put = text(PUT_PHRASES[session.get_bind().dialect.name])
    session.execute(put, {"owner": library(session).id, "rows": _phrases()})


@cache
def _phrases() -> str:
    """As an import puts them into a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        database = build_database(Path(folder))
        with database.writing() as session:
            import_content(session, Content(topics=(), municipalities=(), phrases=_phrases_of_the_files()))
            rows = session.execute(select(Phrase.key, Phrase.language, Phrase.text)).all()
        database.close()
    return json.dumps([row._asdict() for row in rows])


def _phrases_of_the_files() -> Any:
    found: dict[str, Any] = {}
    for file in sorted((CONTENT / "phrases").glob("*.yaml")):
        found |= PHRASES.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")) or {})
    return found


def build_topic(
    session: Session,
    name: str = "wealth_limit",
    label: str = "Hoeveel spaargeld",
    answer: str = "U mag spaargeld hebben. Hoeveel hangt af van uw gezin.",
    municipality: Municipality | None = None,
    kind: TopicKind = TopicKind.FAQ,
    **texts: str,
) -> Topic:
    """A topic of the library, or of `municipality`, with one answer that holds always."""
    owner = municipality or library(session)
    revision = AnswerRevision(
        municipality_id=owner.id,
        valid_from=date(2020, 1, 1),
        valid_to=None,
        checked_on=date(2026, 11, 22),
        checked_by="redactie Trede",
        sources=[{"text": "artikel 34 Participatiewet", "url": "https://wetten.overheid.nl/BWBR0015703/"}],
        texts={"nl": {"answer": answer, **texts}},
    )
    topic = Topic(
        municipality_id=owner.id,
        name=name,
        kind=kind,
        section="vermogen",
        certainty=Certainty.LAW,
        question={"nl": f"{label}?"},
        label={"nl": label},
        follow_up=[],
        revisions=[revision],
    )
    session.add(topic)
    session.flush()
    return topic


def build_account(session: Session, town: Municipality, *roles: Role, login: str = "", **fields: Any) -> Account:
    """Somebody of the staff with a second factor and these roles."""
    name = login or "-".join((*roles, town.slug))
    account = Account(
        municipality_id=town.id,
        login=f"{name}@voorbeeld.test" if "@" not in name else name,
        **{"name": f"Test {name}", "shown_as": "Anna", "created_at": NOW, "totp_since": NOW, **fields},
        roles=[role.value for role in roles],
    )
    session.add(account)
    session.flush()
    return account
