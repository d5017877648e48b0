"""Logs tell what happened and where, and never what somebody wrote."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from cli.logs import JsonLines
from db.models import Phrase
from tests.builders import build_database

ROOT = Path(__file__).parents[2]
CANARY = "mijn bsn is 123456782"


def logged(message: str, *args: object, error: BaseException | None = None, **extra: object) -> dict[str, Any]:
    record = logging.LogRecord("bot.turn", logging.ERROR, __file__, 1, message, args, None)
    record.__dict__.update(extra)
    if error is not None:
        record.exc_info = (type(error), error, error.__traceback__)
    line = JsonLines().format(record)
    assert CANARY not in line
    return dict(json.loads(line))


def raised(source: str) -> Exception:
    try:
        exec(source, {"canary": CANARY})  # noqa: S102  code without a file, like what libraries generate
    except Exception as error:
        return error
    pytest.fail("nothing was raised")


def test_an_error_is_told_by_kind_and_place_without_its_text() -> None:
    entry = logged("answering failed", error=raised("raise ValueError(canary)"), line=7)

    assert (entry["what"], entry["error"], entry["line"]) == ("answering failed", "ValueError", 7)
    assert entry["where"][0].startswith("unit/test_logs.py:")


def test_code_without_a_file_does_not_break_the_log() -> None:
    assert logged("failed", error=raised("int(canary)"))["where"][-1] == "<string>:1"


def test_the_text_of_an_error_behind_the_error_stays_out_too() -> None:
    entry = logged(
        "failed", error=raised("try:\n int(canary)\nexcept ValueError as e:\n raise RuntimeError(canary) from e")
    )

    assert entry["error"] == "RuntimeError"


def test_what_other_packages_fill_into_their_message_stays_out() -> None:
    assert logged("Job %s raised: %s", "tick", CANARY)["what"] == "Job %s raised: %s"
    assert logged(f"Task exception was never retrieved\nfuture: ValueError('{CANARY}')")["what"].endswith("retrieved")


def test_only_named_fields_are_told_and_any_value_can_be() -> None:
    entry = logged("not delivered", conversation=3, why=ValueError, text=CANARY)

    assert entry["conversation"] == 3
    assert "text" not in entry


def test_what_a_process_dies_of_is_told_without_its_text() -> None:
    dying = f"from cli.logs import set_up_logs; set_up_logs('INFO'); raise RuntimeError({CANARY!r})"
    in_a_thread = dying.replace("raise ", "import threading\ndef f(): raise ").replace("; import", "\nimport")
    for code in (dying, in_a_thread + "\nthreading.Thread(target=f).start()"):
        died = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        told = json.loads(died.stderr)

        assert (told["what"], told["error"]) == ("uncaught", "RuntimeError")
        assert CANARY not in died.stderr


def test_an_error_of_the_database_does_not_quote_what_was_to_be_stored(tmp_path: Path) -> None:
    database = build_database(tmp_path)
    with pytest.raises(IntegrityError) as wrong, database.writing() as session:
        session.add_all([Phrase(municipality_id=1, key=CANARY, language="nl", text=CANARY) for _ in range(2)])
    database.close()

    assert CANARY not in str(wrong.value)


def test_an_error_without_a_trace_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    record = logging.LogRecord("a", logging.INFO, "", 1, "klaar", (), (None, None, None))

    assert "error" not in json.loads(JsonLines().format(record))
    assert capsys.readouterr().err == ""
    assert sys.exc_info() == (None, None, None)
