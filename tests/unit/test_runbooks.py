"""Runbooks are read in trouble: every command in them must exist, and every figure that they say to look at."""

import re
from pathlib import Path

import pytest

from cli.main import main
from cli.metrics import Metrics
from tests.compose import services

ROOT = Path(__file__).parents[2]
RUNBOOKS = sorted((ROOT / "docs" / "runbooks").glob("*.md"))
BY_PAGE = pytest.mark.parametrize("page", RUNBOOKS, ids=[page.stem for page in RUNBOOKS])


@BY_PAGE
def test_every_command_exists(page: Path) -> None:
    told = re.findall(r"(?:`|worker |prepare |^)trede ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)

    assert set(told) <= set(main.commands)


@BY_PAGE
def test_every_service_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"docker compose (?:exec|run|logs|kill|stop)(?: -\S+)* ([a-z][a-z0-9-]*)", text)

    assert set(named) <= set(services())


def test_every_figure_to_look_at_is_told() -> None:
    text = (ROOT / "docs" / "runbooks" / "incident.md").read_text(encoding="utf-8")
    told = set(re.findall(r"\b(trede_[a-z_]+)", text))
    code = (ROOT / "cli" / "metrics.py").read_text(encoding="utf-8")
    endings = re.compile(r"_(total|bucket|oldest_seconds)$")
    page = Metrics({"web"}).page().decode()

    assert len(told) > 10
    assert {
        name for name in told if name not in page and endings.sub("", name).removeprefix("trede_") not in code
    } == set()
