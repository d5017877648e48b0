"""The one place where real things are chosen."""

from dataclasses import dataclass
from datetime import UTC, datetime

from benefits.figures import Figures, load_figures
from cli.settings import Settings
from db.session import Database
from services.keys import Keys


@dataclass(frozen=True)
class Wiring:
    """What the processes of one installation share."""

    settings: Settings
    database: Database
    keys: Keys
    figures: Figures


def wire(settings: Settings) -> Wiring:
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Wiring(settings, Database(settings.database_url), Keys(settings.secret_key), load_figures())


def now() -> datetime:
    return datetime.now(UTC)
