"""Invitations: found by state, caseworker and programme; called off and brought back, from the list or the person."""

from datetime import date, timedelta

import pytest

from db.models import Account, Invitation, InvitationState, Municipality, Role
from services.calendar import day_here
from tests.agenda import TALK, build_person
from tests.builders import NOW
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

FIP = {"key": "fip", "name": {"nl": "FIP", "en": "FIP"}}


@pytest.fixture
def town(office: Office) -> Municipality:
    with office.database.writing() as session:
        town = session.get_one(Municipality, office.town.id)
        town.settings = town.settings | {"programmes": [TALK, TALK | FIP]}
        return town


@pytest.fixture
def anna(office: Office) -> Account:
    return office.add(Role.CASEWORKER, login="anna")


def invite(
    office: Office, number: str, state: InvitationState = InvitationState.DUE, whose: Account | None = None,
    programme: str = "contactgesprek", days: int = 0,
) -> Invitation:  # fmt: skip
    with office.database.writing() as session:
        person = build_person(session, office.town, whose, number)
        made = Invitation(
            municipality_id=office.town.id, person_id=person.id, programme=programme, state=state,
            due_on=day_here(NOW) + timedelta(days=days), created_at=NOW,
        )  # fmt: skip
        session.add(made)
        session.flush()
        return made


def state_of(office: Office, invitation: Invitation) -> InvitationState:
    with office.database.reading() as session:
        return session.get_one(Invitation, invitation.id).state


def test_the_list_is_filtered_by_state_caseworker_and_programme(
    office: Office, town: Municipality, anna: Account
) -> None:
    invite(office, "K-1", whose=anna), invite(office, "K-2", InvitationState.INVITED)
    invite(office, "K-3", programme="fip"), invite(office, "K-4", InvitationState.WITHDRAWN)
    browser = office.sign_in(anna)

    def numbers(query: str) -> set[str]:
        page = browser.get(f"/uitnodigingen{query}").text
        return {number for number in ("K-1", "K-2", "K-3", "K-4") if f">{number}</a>" in page}

    assert numbers("") == {"K-1", "K-2", "K-3"}
    assert numbers("?van=mij") == {"K-1"}
    assert numbers("?soort=fip") == {"K-3"}
    assert numbers("?toon=uitgenodigd") == {"K-2"}
    assert numbers("?toon=ingetrokken") == {"K-4"}
    assert numbers("?soort=dans&toon=x&vanaf=-1") == set()


def test_the_counts_are_of_what_is_filtered(office: Office, town: Municipality, anna: Account) -> None:
    invite(office, "K-1", whose=anna), invite(office, "K-2")

    assert "Aan de beurt 2" in office.sign_in(anna).get("/uitnodigingen").text
    assert "Aan de beurt 1" in office.sign_in(anna).get("/uitnodigingen?van=mij").text


def test_a_long_list_goes_on_over_pages_that_keep_the_filter(
    office: Office, town: Municipality, caseworker: StaffBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.invitations.A_PAGE", 2)
    for day in range(3):
        invite(office, f"K-{day}", programme="fip", days=day)
    first = caseworker.get("/uitnodigingen?soort=fip").text

    assert (first.count("data-rij"), "soort=fip&amp;vanaf=2" in first) == (2, True)
    second = caseworker.get("/uitnodigingen?soort=fip&vanaf=2").text
    assert (second.count("data-rij"), ">K-2</a>" in second, 'rel="prev"' in second) == (1, True, True)


def test_what_is_called_off_leaves_the_list_and_can_come_back(
    office: Office, town: Municipality, caseworker: StaffBrowser
) -> None:
    one = invite(office, "K-1")
    gone = caseworker.post(f"/uitnodigingen/{one.id}/intrekken?van=mij&vanaf=50")
    again = caseworker.post(f"/uitnodigingen/{one.id}/intrekken")

    assert gone.headers["location"] == "/portal/uitnodigingen?van=mij&vanaf=50&niet-uitgenodigd=1"
    assert (again.status_code, state_of(office, one)) == (303, InvitationState.WITHDRAWN)
    assert "Nodig toch uit" in caseworker.get("/uitnodigingen?toon=ingetrokken").text
    assert [caseworker.post(f"/uitnodigingen/{one.id}/toch").status_code for _ in range(2)] == [303, 303]
    assert state_of(office, one) is InvitationState.DUE
    assert len(office.entries("call_off_invitation")) == 2


def test_on_the_page_of_the_person_one_stays_there(
    office: Office, town: Municipality, caseworker: StaffBrowser
) -> None:
    one = invite(office, "K-1")
    page = f"/inwoners/{one.person_id}"
    assert f'action="/portal/uitnodigingen/{one.id}/intrekken?inwoner=1"' in caseworker.get(page).text

    gone = caseworker.post(f"/uitnodigingen/{one.id}/intrekken?inwoner=1")
    assert gone.headers["location"] == f"/portal{page}?niet-uitgenodigd"
    assert f'action="/portal/uitnodigingen/{one.id}/toch?inwoner=1"' in caseworker.get(page).text


def test_after_another_conversation_the_next_one_is_counted_anew(
    office: Office, town: Municipality, caseworker: StaffBrowser
) -> None:
    with office.database.writing() as session:
        there = session.get_one(Municipality, town.id)
        there.settings = there.settings | {"programmes": [TALK | {"months": 18}]}
    one = invite(office, "K-1", InvitationState.WITHDRAWN)
    page = f"/inwoners/{one.person_id}"

    assert "Nodig toch uit" not in caseworker.get(page).text
    assert "het volgende is uiterlijk 23 mei 2028" in caseworker.get(page).text
    with office.database.writing() as session:
        session.get_one(Invitation, one.id).due_on = date(2028, 5, 23)
    assert "Nodig toch uit" in caseworker.get(page).text
    assert "het volgende is uiterlijk" not in caseworker.get(page).text


@pytest.mark.parametrize("state", [InvitationState.BOOKED, InvitationState.DONE])
def test_what_was_booked_meanwhile_is_told_and_stays(
    office: Office, town: Municipality, caseworker: StaffBrowser, state: InvitationState
) -> None:
    one = invite(office, "K-1", state)
    response = caseworker.post(f"/uitnodigingen/{one.id}/intrekken")

    assert (response.status_code, "intussen veranderd" in response.text) == (409, True)
    assert state_of(office, one) is state
    assert office.entries("call_off_invitation") == []


def test_who_it_is_not_meant_for_is_not_brought_back(office: Office, caseworker: StaffBrowser) -> None:
    one = invite(office, "K-1", InvitationState.WITHDRAWN)
    response = caseworker.post(f"/uitnodigingen/{one.id}/toch")

    assert (response.status_code, state_of(office, one)) == (409, InvitationState.WITHDRAWN)


def test_a_number_that_cannot_be_is_not_there(caseworker: StaffBrowser) -> None:
    assert caseworker.post(f"/uitnodigingen/{2**63}/intrekken").status_code == 404
