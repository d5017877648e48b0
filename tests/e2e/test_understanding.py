"""The understanding on messages that were written apart from the examples, with the floors it may not fall under."""

import json
from typing import Any

import pytest

from cli.labelled import read_labelled
from services.content.check import same_line
from services.content.read import read_content
from tests.e2e.installation import ROOT, Installation

pytestmark = pytest.mark.e2e

HELD_BACK = ROOT / "tests" / "nlu" / "held_back.csv"
TRIED_BY_STRANGERS = (
    "hoeveel mag ik sparen",
    "moet ik alles opgeven wat ik krijg van mijn moeder",
    "kan ik vakantie houden in turkije",
)


@pytest.fixture(scope="module")
def report(installation: Installation) -> dict[str, Any]:
    done = installation.trede("evaluate", "--json", str(HELD_BACK))
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize(("measure", "least"), [("top1", 0.88), ("top3", 0.95), ("coverage", 0.83)])
def test_strangers_are_understood(report: dict[str, Any], measure: str, least: float) -> None:
    assert report["messages"] > 1300
    assert report[measure] >= least


def test_no_way_of_speaking_is_left_behind(report: dict[str, Any]) -> None:
    assert min(group["top1"] for group in report["per_style"].values()) >= 0.75
    assert report["per_language"]["en"]["top1"] >= 0.85


def test_wrong_answers_are_rare(report: dict[str, Any]) -> None:
    assert report["wrong_answers"] <= 0.05
    assert report["out_of_scope"]["answered"] <= 0.05


def test_every_topic_is_measured(report: dict[str, Any]) -> None:
    topics = {topic.id for topic in read_content(ROOT / "content").topics}
    assert set(report["per_topic"]) == topics
    assert all(report["per_topic"][topic]["messages"] >= 6 for topic in topics)


def test_no_message_is_an_example_or_decided_whether_a_model_goes_live() -> None:
    content = read_content(ROOT / "content")
    learnt = {same_line(text) for topic in content.topics for text in (*topic.examples.nl, *topic.examples.en)}
    judged = {same_line(label.text) for label in read_labelled(ROOT / "content" / "held_back.csv")}
    assert {same_line(label.text) for label in read_labelled(HELD_BACK)} & (learnt | judged) == set()


@pytest.mark.parametrize("topic", ["distress", "talk_to_human"])
def test_who_is_in_need_or_wants_a_person_is_heard(report: dict[str, Any], topic: str) -> None:
    assert report["per_topic"][topic]["top3"] == 1.0


def test_the_questions_that_are_tried_stand_in_no_example() -> None:
    content = read_content(ROOT / "content")
    examples = {line.casefold().strip(" ?.!") for topic in content.topics for line in topic.examples.nl}
    assert examples & set(TRIED_BY_STRANGERS) == set()


def test_a_file_that_is_no_table_is_refused_by_name(installation: Installation) -> None:
    wrong = installation.folder / "wrong.csv"
    wrong.write_text("vraag,antwoord\nhallo,dag\n", encoding="utf-8")
    done = installation.trede("evaluate", str(wrong))
    assert done.returncode == 1
    assert "column 'text' is missing" in done.stderr
    assert "Traceback" not in done.stderr
