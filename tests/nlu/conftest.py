"""These tests run in nlu's own environment: `nlu/.venv/bin/python -m pytest tests/nlu`; elsewhere they step aside."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NLU = HERE.parents[1] / "nlu"
sys.path[:0] = [str(NLU), str(HERE)]

if importlib.util.find_spec("rasa") is None:
    collect_ignore_glob = ["*.py"]


@pytest.fixture(scope="session")
def small_material() -> dict[str, object]:
    import builders

    return builders.material()


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, small_material: dict[str, object]) -> Path:
    """A small model, trained once by the command line as the product does."""
    import doors

    return doors.train(small_material, tmp_path_factory.mktemp("trained"))


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, trained: Path) -> Iterator[object]:
    """The small model served on a free port, with a fake action server beside it."""
    import doors

    with doors.serve(trained, tmp_path_factory.mktemp("served")) as server:
        yield server
