"""`trede income`: a document in, an outcome out; stdout stays pure, and a refusal is told by its key."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.main import main

GOOD = {
    "on": "2026-07-15",
    "household": {"type": "alleenstaande", "birth_dates": ["1985-03-01"]},
    "housing": {"kale_huur": "600"},
    "work": [{"hours_per_week": 20, "hourly_wage": "14.99"}],
}
BAD = GOOD | {"work": [{"hours_per_week": -1, "hourly_wage": "14.99"}]}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TREDE_DATA_DIR", str(tmp_path / "var"))

    def invoke(content: object, *options: str) -> Result:
        text = content if isinstance(content, str) else json.dumps(content)
        return CliRunner().invoke(main, ["income", "-", *options], input=text)

    return invoke


def test_one_document_gives_one_outcome_with_its_sentences(run: Any) -> None:
    result = run(GOOD, "--json")
    found = json.loads(result.stdout)

    assert (result.exit_code, result.stderr) == (0, "")
    assert (found["on"], found["difference"], found["hours_to_leave"]) == ("2026-07-15", "272.06", 26)
    assert found["reasons"][0]["what"].startswith("Bijstand voor uw huishouden (bijstandsnorm)")
    assert "tot 1 januari 2027" in found["warnings"][0]["sentence"]


def test_an_exemption_that_is_abolished_first_ends_after_so_many_months_as_there_are_until_then(run: Any) -> None:
    found = json.loads(run(GOOD | {"on": "2026-09-15"}, "--json").stdout)

    (warning,) = (one for one in found["warnings"] if one["code"] == "exemption_ends")
    assert warning["months"] == 4
    assert "nog 4 maanden, tot 1 januari 2027" in warning["sentence"]


def test_a_list_gives_a_list_and_a_refused_document_stands_in_its_place(run: Any) -> None:
    result = run([GOOD, BAD, GOOD], "--json")
    first, refused, last = json.loads(result.stdout)

    assert result.exit_code == 2
    assert first == last
    assert refused == {
        "error": "work[0].hours_per_week: cannot be negative",
        "key": "work[0].hours_per_week",
    }
    assert result.stderr == "trede: situation 2: work[0].hours_per_week: cannot be negative\n"


@pytest.mark.parametrize(
    ("content", "key"),
    [(BAD, "work[0].hours_per_week"), ({}, "household"), ("[1", "document"), ("5", "document")],
)
def test_a_refusal_is_json_too_and_ends_with_status_2(run: Any, content: object, key: str) -> None:
    result = run(content, "--json")

    assert result.exit_code == 2
    assert json.loads(result.stdout)["key"] == key
    assert result.stderr.startswith(f"trede: {key}: ")


def test_an_empty_list_gives_an_empty_list(run: Any) -> None:
    assert json.loads(run([], "--json").stdout) == []


def test_without_json_people_read_a_table(run: Any) -> None:
    result = run(GOOD)

    assert result.exit_code == 0
    assert "Verschil per maand                                        272,06" in result.stdout
    assert "Bijstand stopt bij 26 uur per week." in result.stdout
    assert "Schatting, geen beschikking." in result.stdout


def test_a_table_says_what_is_not_known_and_leaves_refusals_to_stderr(run: Any) -> None:
    result = run([GOOD | {"on": "2025-07-15"}, BAD])

    assert result.exit_code == 2
    assert result.stdout.count("niet bekend") == 2
    assert "negative" not in result.stdout


def test_a_file_is_read_as_utf8_and_one_that_is_not_there_is_said(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "situation.yaml"
    file.write_text("\ufeffon: 2026-07-15\nhousehold: {type: alleenstaande, birth_dates: [1985-03-01]}\n", "utf-8")
    read = CliRunner().invoke(main, ["income", str(file), "--json"])
    missing = CliRunner().invoke(main, ["income", str(tmp_path / "none.yaml"), "--json"])
    file.write_bytes(b"on: \xff")

    assert json.loads(read.stdout)["income_before"] == "1351.33"
    assert (missing.exit_code, json.loads(missing.stdout)["key"]) == (2, "document")
    assert "UTF-8" in CliRunner().invoke(main, ["income", str(file), "--json"]).stdout


def test_without_on_it_is_today(run: Any) -> None:
    today = json.loads(run({key: value for key, value in GOOD.items() if key != "on"}, "--json").stdout)["on"]

    assert today >= "2026-11-22"
