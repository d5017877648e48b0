"""The guard: nobody comes in without a session, no form without its token, and all is noted."""

from db.models import Role
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office


def test_nobody_is_sent_to_signing_in_and_back_afterwards(office: Office) -> None:
    response = office.nobody().get("/")

    assert response.status_code == 303
    assert response.headers["location"] == "/portal/inloggen?verder=/portal/"


def test_who_is_signed_in_comes_to_the_first_part(office: Office, caseworker: StaffBrowser) -> None:
    assert caseworker.get("/").status_code == 303
    assert [entry.deed for entry in office.entries()] == ["begin"]


def test_half_signed_in_is_not_signed_in(office: Office) -> None:
    half = office.sign_in(office.add(Role.CASEWORKER), proven=False)

    assert half.get("/").headers["location"] == "/portal/inloggen/code?verder=/portal/"
