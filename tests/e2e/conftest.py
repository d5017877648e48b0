"""One trained model for all end-to-end tests, and installations that use it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.installation import Installation, Resident, give_models


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The model of the content as it is: made now, or found from an earlier run."""
    installation = Installation(tmp_path_factory.mktemp("training"))
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


@pytest.fixture
def install(trained: None, tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """Makes installations of one test alone, with settings of their own; not started yet."""
    made: list[Installation] = []

    def make(**settings: str) -> Installation:
        made.append(Installation(tmp_path / f"installation-{len(made)}", **settings))
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def resident(installation: Installation) -> Iterator[Resident]:
    with Resident(installation.url) as visitor:
        yield visitor
