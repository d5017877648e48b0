"""One trained model for all end-to-end tests, and installations that use it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.few_topics import write_few_topics
from tests.e2e.installation import Installation, Resident, give_models, one_at_a_time


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The model of the content as it is: made now, or found from an earlier run."""
    with one_at_a_time():
        _prepare(Installation(tmp_path_factory.mktemp("training")))


@pytest.fixture(scope="session")
def few_topics(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A smaller content folder with a model of its own, for tests that train again and again."""
    content = write_few_topics(tmp_path_factory.mktemp("few") / "content")
    with one_at_a_time():
        _prepare(Installation(tmp_path_factory.mktemp("training-few"), TREDE_CONTENT_DIR=str(content)))
    return content


def _prepare(installation: Installation) -> None:
    done = installation.trede("prepare")
    assert done.returncode == 0, done.stderr
    give_models(installation.folder / "models")


@pytest.fixture(scope="session")
def installation(trained: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A running one, shared by the tests that only talk to it."""
    running = Installation(tmp_path_factory.mktemp("shared"))
    running.start()
    running.wait_until_ready()
    yield running
    running.stop()


type Install = Callable[..., Installation]


@pytest.fixture
def install(trained: None, tmp_path: Path) -> Iterator[Install]:
    """Makes installations of one test alone, with settings of their own; not started yet."""
    with _installing(tmp_path) as make:
        yield make


@pytest.fixture
def install_few(few_topics: Path, tmp_path: Path) -> Iterator[Install]:
    """The same with fewer topics."""
    with _installing(tmp_path, TREDE_CONTENT_DIR=str(few_topics)) as make:
        yield make


@contextmanager
def _installing(folder: Path, **always: str) -> Iterator[Install]:
    made: list[Installation] = []

    def make(**settings: str) -> Installation:
        made.append(Installation(folder / f"installation-{len(made)}", **always, **settings))
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def resident(installation: Installation) -> Iterator[Resident]:
    with Resident(installation.url) as visitor:
        yield visitor
