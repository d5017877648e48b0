"""What has to be there before anything runs: the database in its newest form, content, a model."""

from collections.abc import Callable

from sqlalchemy import func, select

from cli.checked import checked
from cli.training import Model, find_model, train
from cli.wiring import Wiring
from db.migrate import is_current, upgrade
from db.models import Topic
from services.content.store import import_content

type Tell = Callable[[str], None]


def prepare(wiring: Wiring, tell: Tell) -> Model:
    """Each step only when it has not been done; an interrupted one is done again."""
    prepare_database(wiring, tell)
    if count_topics(wiring) == 0:
        content = checked(wiring, wiring.settings.content_dir)
        with wiring.database.writing() as session:
            imported = import_content(session, content)
        tell(f"Inhoud: {imported.topics} onderwerpen en {imported.municipalities} gemeenten ingelezen.")
    else:
        tell(f"Inhoud: {count_topics(wiring)} onderwerpen, staat er al.")
    model = find_model(wiring)
    if model is not None:
        tell(f"Begrip: model {model.version} staat er al.")
        return model
    return train(wiring, tell)


def prepare_database(wiring: Wiring, tell: Tell) -> None:
    if is_current(wiring.database.engine):
        tell("Database: staat er al.")
        return
    upgrade(wiring.database.engine)
    tell("Database: klaar.")


def count_topics(wiring: Wiring) -> int:
    with wiring.database.reading() as session:
        return session.scalar(select(func.count(Topic.id))) or 0
