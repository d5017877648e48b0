"""The page of promises: the oldest first, a number by a click that is noted, gone after the tick."""

from datetime import datetime, timedelta

import pytest

from db.models import CallbackRequest, CallbackState, Municipality, Role
from tests.builders import NOW
from tests.conversations import build_conversation
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

NUMBER = "06-12345678"


def promise(office: Office, promised_by: datetime, phone: str | None = NUMBER, town: Municipality | None = None) -> int:
    with office.database.writing() as session:
        conversation = build_conversation(session, town or office.town, "bel mij")
        made = CallbackRequest(
            municipality_id=conversation.municipality_id, conversation_id=conversation.id, asked_at=NOW,
            promised_by=promised_by, sealed_phone=office.keys.seal(phone) if phone else None,
        )  # fmt: skip
        session.add(made)
        session.flush()
        return made.id


def test_the_oldest_promise_stands_first_and_what_is_late_says_so(office: Office, caseworker: StaffBrowser) -> None:
    late, soon = (
        promise(office, office.clock() - timedelta(hours=3)),
        promise(office, office.clock() + timedelta(hours=3)),
    )
    page = caseworker.get("/terugbellen").text

    assert page.index(f'id="t{late}"') < page.index(f'id="t{soon}"')
    assert page.count("te laat: 3 u 00") == 1
    assert "bel mij" in page
    assert NUMBER not in page


def test_a_number_is_shown_by_a_post_that_is_noted(office: Office, caseworker: StaffBrowser) -> None:
    made, other = promise(office, NOW), promise(office, NOW, "0612121212")
    response = caseworker.post(f"/terugbellen/{made}/nummer")

    assert response.status_code == 200
    assert NUMBER in response.text
    assert "0612121212" not in response.text
    assert [(e.subject, e.detail) for e in office.entries("read_phone_number")] == [(f"callback {made}", {})]
    assert caseworker.get(f"/terugbellen/{other}/nummer").status_code in (404, 405)


def test_the_tick_takes_the_number_away(office: Office, caseworker: StaffBrowser) -> None:
    made = promise(office, NOW)

    assert caseworker.post(f"/terugbellen/{made}/gebeld").headers["location"] == "/portal/terugbellen?gebeld"
    with office.database.reading() as session:
        kept = session.get_one(CallbackRequest, made)
        assert (kept.state, kept.sealed_phone, kept.done_at) == (CallbackState.DONE, None, office.clock())
    assert caseworker.post(f"/terugbellen/{made}/gebeld").status_code == 404
    assert "Er is niemand om terug te bellen" in caseworker.get("/terugbellen").text
    assert len(office.woken) == 1


def test_promises_of_another_municipality_are_not_there(office: Office, caseworker: StaffBrowser) -> None:
    theirs = promise(office, NOW, town=office.stranger)

    assert f't{theirs}"' not in caseworker.get("/terugbellen").text
    assert caseworker.post(f"/terugbellen/{theirs}/nummer").status_code == 404


@pytest.mark.parametrize("start", ["", "x", "-1", "9" * 20])
def test_a_long_list_has_pages(office: Office, caseworker: StaffBrowser, start: str) -> None:
    for number in range(52):
        promise(office, NOW + timedelta(minutes=number), phone=None)
    first, second = caseworker.get(f"/terugbellen?vanaf={start}").text, caseworker.get("/terugbellen?vanaf=50").text

    assert first.count("data-rij") == 50
    assert second.count("data-rij") == 2
    assert "geen, antwoord in de chat" in second


def test_an_editor_does_not_see_them(office: Office) -> None:
    assert office.staff(Role.EDITOR).get("/terugbellen").status_code == 403
