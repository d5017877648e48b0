"""One button trains; the page tells how far it is, what came of it and why it was refused, and leads back."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.models import Role, RunState
from services.model_versions import keep_version, make_live
from services.publication import (
    Failure,
    claim_run,
    fail,
    find_run,
    mark_live,
    refuse,
    run_under_way,
    runs,
    tell_progress,
)
from tests.builders import build_topic
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

BEFORE = {
    "messages": 800,
    "top1": 0.85,
    "top3": 0.95,
    "coverage": 0.8,
    "wrong_answers": 0.04,
    "not_ours_answered": None,
}
AFTER = BEFORE | {"top1": 0.8123}


@pytest.fixture(autouse=True)
def models(office: Office) -> None:
    with office.database.writing() as session:
        build_topic(session, "advance", "Voorschot krijgen")
        for version in ("oud", "nieuw"):
            keep_version(session, version, f"{version}.tar.gz", {"examples": 12, "topics": ["advance"]}, office.clock())
            office.clock.forward(minutes=1)
            make_live(session, version, office.clock())


def a_run(office: Office, editor: StaffBrowser, end: Callable[[Session, int], object]) -> int:
    """Asked in the browser, and taken up by a worker that ends it so."""
    editor.post("/begrip/train")
    with office.database.writing() as session:
        run = claim_run(session, "worker", office.clock())
        assert run is not None
        number = run.id
    with office.database.writing() as session:
        end(session, number)
    return number


def test_before_the_first_training_the_page_says_what_will_stand_there(editor: StaffBrowser) -> None:
    shown = editor.get("/begrip").text

    assert "Er is hier nog niet getraind" in shown
    assert "Nog geen trainingen" in shown
    assert "<code>nieuw</code>" in shown


def test_one_press_asks_for_one_training(office: Office, editor: StaffBrowser) -> None:
    assert editor.post("/begrip/train").headers["location"] == "/portal/begrip"
    assert editor.post("/begrip/train").headers["location"] == "/portal/begrip?loopt"

    with office.database.reading() as session:
        (run,) = runs(session)
    assert office.entries("ask_training")[0].subject == f"run {run.id}"
    assert "Een collega was u voor" in editor.get("/begrip?loopt").text


def test_an_open_page_follows_the_training(office: Office, editor: StaffBrowser) -> None:
    def half_way(session: Session, run: int) -> None:
        tell_progress(session, run, "worker", RunState.TRAINING, "folds", 1, 2, office.clock())

    a_run(office, editor, half_way)
    piece = editor.get("/begrip/nu", {"HX-Request": "true"}).text

    assert "Oefent op een deel van de voorbeelden (75%)" in piece
    assert 'hx-trigger="every 2s"' in piece
    assert "Train en zet live" not in piece
    assert "<html" not in piece


def test_a_training_that_went_live_tells_before_and_after(office: Office, editor: StaffBrowser) -> None:
    report = {"before": AFTER, "after": BEFORE, "reasons": [], "worse": [], "worse_in_all": 0}
    with office.database.writing() as session:
        keep_version(session, "derde", "derde.tar.gz", {}, office.clock())
    number = a_run(office, editor, lambda s, run: mark_live(s, run, "worker", "derde", report, office.clock()))

    for shown in (editor.get("/begrip").text, editor.get(f"/begrip/{number}").text):
        assert "Het nieuwe model antwoordt nu op alle vragen." in shown
        assert "81,2%" in shown
        assert "85,0%" in shown
        assert "beter" in shown
    assert "every 2s" not in editor.get("/begrip/nu").text


REASONS: list[tuple[dict[str, Any], str]] = [
    ({"code": "top1_fell", "before": 0.85, "after": 0.8123}, "goed begrepen: eerst 85,0%, nu 81,2%."),
    ({"code": "wrong_answers_rose", "before": 0.04, "after": 0.05}, "Er komen meer verkeerde antwoorden"),
    ({"code": "not_ours_answered_rose", "before": 0.0, "after": 0.1}, "vragen die niet bij hem horen"),
    ({"code": "coverage_fell", "before": 0.8, "after": 0.6}, "vraagt vaker terug"),
    ({"code": "protected_fell", "topic": "advance", "before": 1.0, "after": 0.5}, "“Voorschot krijgen?” wordt"),
    ({"code": "too_few_examples", "topic": "advance", "examples": 1, "least": 5}, "heeft 1 voorbeeld."),
    ({"code": "no_held_back"}, "geen achtergehouden zinnen"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "told"), REASONS)
def test_a_refused_training_says_why_in_dutch(
    office: Office, editor: StaffBrowser, reason: dict[str, Any], told: str
) -> None:
    worse = [{"text": "ik heb niks te <b>eten</b>", "meant": "advance", "before": "advance", "after": None}]
    report = {"before": BEFORE, "after": AFTER, "reasons": [reason], "worse": worse, "worse_in_all": 1}
    a_run(office, editor, lambda s, run: refuse(s, run, "worker", "v", report, office.clock()))
    shown = editor.get("/begrip").text

    assert "Het nieuwe model was slechter. Daarom is het niet live gezet." in shown
    assert told in shown
    assert "ik heb niks te &lt;b&gt;eten&lt;/b&gt;" in shown
    assert "vraagt terug" in shown


def test_a_training_that_makes_no_sense_says_so(office: Office, editor: StaffBrowser) -> None:
    report = {"reasons": [{"code": "too_few_examples", "topic": "advance", "examples": 1, "least": 5}]}
    a_run(office, editor, lambda s, run: refuse(s, run, "worker", "v", report, office.clock()))
    shown = editor.get("/begrip").text

    assert "Daarom is er niet getraind." in shown
    assert "Het nieuwe model was slechter" not in shown


@pytest.mark.parametrize("failure", Failure)
def test_a_training_that_failed_says_what_to_do(office: Office, editor: StaffBrowser, failure: Failure) -> None:
    a_run(office, editor, lambda s, run: fail(s, run, "worker", failure, office.clock()))
    shown = editor.get("/begrip").text

    assert "Er is niets veranderd voor inwoners." in shown
    assert failure.value not in shown


def test_the_way_back_is_confirmed_and_asked_for(office: Office, editor: StaffBrowser) -> None:
    assert "/portal/begrip/terug/oud" in editor.get("/begrip").text
    assert "Binnen een minuut begrijpt de chatbot weer zoals toen." in editor.get("/begrip/terug/oud").text
    assert editor.post("/begrip/terug/oud").status_code == 303

    with office.database.reading() as session:
        run = run_under_way(session)
        assert run is not None
        assert (run.back_to, find_run(session, run.id)) == ("oud", run)
    assert office.entries("ask_roll_back")[0].detail == {"version": "oud"}
    assert "Terug naar model oud" in editor.get("/begrip").text


def test_there_is_no_way_back_to_what_never_was_live(editor: StaffBrowser) -> None:
    for version in ("nieuw", "niets", "<b>"):
        assert editor.get(f"/begrip/terug/{version}").status_code == 404
        assert editor.post(f"/begrip/terug/{version}").status_code == 404
    assert editor.get("/begrip/999").status_code == 404


def test_an_editor_of_a_municipality_looks_on(office: Office) -> None:
    anna = office.staff(Role.EDITOR)
    shown = anna.get("/begrip").text

    assert "Train en zet live" not in shown
    assert "Ga terug" not in shown
    assert anna.post("/begrip/train").status_code == 409
    assert anna.post("/begrip/terug/oud").status_code == 409
    with office.database.reading() as session:
        assert runs(session) == []
