"""The operator's door: chat, doctor, content, and mistakes that are told in one sentence."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.e2e.installation import TREDE, Installation

pytestmark = pytest.mark.e2e


def test_a_conversation_in_the_terminal_takes_questions_and_numbers(installation: Installation) -> None:
    typed = "kan ik vakantie houden in turkije\n1\n\n"
    done = subprocess.run(
        [str(TREDE), "chat"],
        input=typed,
        env=installation.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "een chatbot" in done.stdout
    assert "Bron: artikel 13" in done.stdout
    assert "[1] Meer uitleg" in done.stdout
    assert done.stdout.count("Bron: artikel 13") == 2, "the first button explains more, from the same source"


def test_doctor_knows_memory_and_starting_time_of_a_rasa_that_sings(installation: Installation) -> None:
    done = installation.trede("doctor", "--json")
    found = {finding["what"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 0, done.stdout
    assert "MB, gereed na" in found["rasa"]["told"]
    assert "0 van 3 kanaries fout" in found["rasa"]["told"]
    assert "174 topics" in found["model"]["told"]


def test_content_goes_out_to_files_that_are_in_order(installation: Installation, tmp_path: Path) -> None:
    assert installation.trede("content", "export", str(tmp_path)).returncode == 0
    checked = installation.trede("content", "check", str(tmp_path))
    assert "in orde" in checked.stdout, checked.stderr


def test_content_that_is_wrong_is_told_by_file_and_key(installation: Installation, tmp_path: Path) -> None:
    topic = tmp_path / "topics" / "werk" / "broken.yaml"
    topic.parent.mkdir(parents=True)
    topic.write_text("id: broken\nkind: verhaal\n", encoding="utf-8")
    done = installation.trede("content", "check", str(tmp_path))
    assert done.returncode == 1
    assert "broken.yaml" in done.stderr
    assert "kind" in done.stderr


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("PORT", "veel", "PORT: 'veel'"),
        ("TREDE_SECRET_KEY", "kort", "TREDE_SECRET_KEY: has 4 characters"),
        ("TREDE_DATABASE_URL", "mysql://x", "TREDE_DATABASE_URL: has to begin"),
        ("TREDE_TELEGRAM_TOKEN", "geheim", "TREDE_TELEGRAM_TOKEN: has the form"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, setting: str, value: str, told: str) -> None:
    done = Installation(tmp_path / "wrong", **{setting: value}).trede("doctor")
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
