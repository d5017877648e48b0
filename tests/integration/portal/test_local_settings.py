"""What answers need to know of a municipality: seen with what residents read, and changed one at a time."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from db.models import Municipality, Role
from portal.setting_names import GROUPS, NAMES
from services.content.forms import Contact
from services.content.policy import Policy
from services.phrases import Phrases
from services.town_settings.local import SETTINGS, change_setting
from services.town_settings.town import mark_of
from tests.builders import NOW, build_topic
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

LIST = "/instellingen/antwoorden"
SEEN = re.compile(r'name="gezien" value="([^"]+)"')


@pytest.fixture
def browser(office: Office) -> StaffBrowser:
    with office.database.writing() as session:
        build_topic(session, "pay_day", "Wanneer krijg ik geld", "Rond het einde van de maand. {gemeente.betaaldag}")
    return office.staff(Role.EDITOR)


def change(browser: StaffBrowser, name: str, **fields: str) -> Any:
    """As from the page as it is now."""
    (seen,) = SEEN.findall(browser.get(f"{LIST}/{name}").text)
    return browser.post(f"{LIST}/{name}", {"gezien": seen, **fields})


def kept(office: Office, name: str, part: str = "policy") -> Any:
    with office.database.reading() as session:
        return (session.get_one(Municipality, office.town.id).settings.get(part) or {}).get(name)


def test_every_setting_has_a_name_and_a_place_on_the_page() -> None:
    known = {*Policy.model_fields, *Contact.model_fields}

    assert {one.name for one in SETTINGS} == known == set(NAMES)
    assert sorted(name for group in GROUPS.values() for name in group) == sorted(known)


def test_what_is_empty_shows_what_residents_read_instead_and_where(browser: StaffBrowser) -> None:
    shown = browser.get(f"{LIST}/pay_date").text

    assert "ziet u welke dag dat is." in shown
    assert "In 1 antwoord" in shown
    assert 'href="/portal/onderwerpen/pay_day"' in shown
    assert "Geen antwoord gebruikt dit nu<" in browser.get(f"{LIST}/debt_help").text


def test_what_is_filled_in_is_read_by_residents_from_then_on(office: Office, browser: StaffBrowser) -> None:
    assert change(browser, "pay_date", waarde="20").headers["location"].endswith("antwoorden?bewaard#pay_date")

    with office.database.reading() as session:
        town = session.get_one(Municipality, office.town.id)
        said = Phrases(session, town, "nl").values_on(NOW.date())["gemeente.betaaldag"]
    assert said == "Dat is meestal rond de 20e van de maand."
    assert said in browser.get(LIST).text
    (entry,) = office.entries("change_local_setting")
    assert (entry.subject, entry.detail) == ("setting pay_date", {"changed": True, "filled": True})


@pytest.mark.parametrize(
    ("name", "fields", "value"),
    [
        ("exemption_25", {"waarde": "nee"}, False),
        ("exemption_25_asked", {"waarde": "request"}, "request"),
        ("scheme_pass", {"waarde": " de Stadspas "}, "de Stadspas"),
        ("remission_link", {"waarde": "stad.nl/kwijtschelding"}, "stad.nl/kwijtschelding"),
        ("income_form_day", {"waarde": "5"}, 5),
        (
            "income_supplement",
            {"years": "5", "alone": "1.450,00", "couple": "600", "until": "2026-12-31"},
            {"years": 5, "alone": "1450.00", "couple": "600", "until": "2026-12-31"},
        ),
    ],
)
def test_each_kind_can_be_filled_in_and_emptied_again(
    office: Office, browser: StaffBrowser, name: str, fields: dict[str, str], value: Any
) -> None:
    assert change(browser, name, **fields).status_code == 303
    assert kept(office, name) == value
    assert browser.get(LIST).status_code == browser.get(f"{LIST}/{name}").status_code == 200
    assert change(browser, name).status_code == 303
    assert kept(office, name) is None


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("pay_date", {"waarde": "32"}, "Dit is hoogstens 31."),
        ("pay_date", {"waarde": "de eerste"}, "Vul een heel getal in."),
        ("exemption_25", {"waarde": "misschien"}, "Kies een van"),
        ("exemption_25_asked", {"waarde": "soms"}, "Kies een van"),
        ("remission_link", {"waarde": "https://stad.nl"}, "Schrijf het adres zonder https"),
        ("scheme_pass", {"waarde": "x" * 81}, "hoogstens 80 tekens"),
        ("phone", {"waarde": "x" * 201}, "hoogstens 200 tekens"),
        ("debt_help", {"waarde": "bel {gemeente.telefoon}"}, "Haal de accolade weg"),
        ("income_supplement", {"years": "5", "alone": "veel", "couple": "600"}, "Vul een bedrag in"),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_stays(
    office: Office, browser: StaffBrowser, name: str, fields: dict[str, str], told: str
) -> None:
    response = change(browser, name, **fields)

    assert (response.status_code, told in response.text) == (422, True)
    assert kept(office, name) is None
    assert office.entries("change_local_setting") == []


def test_a_colleague_who_was_first_is_not_written_over_unseen(office: Office, browser: StaffBrowser) -> None:
    (seen,) = SEEN.findall(browser.get(f"{LIST}/pay_date").text)
    change(browser, "pay_date", waarde="20")
    late = browser.post(f"{LIST}/pay_date", {"gezien": seen, "waarde": "22"})

    assert (late.status_code, kept(office, "pay_date")) == (409, 20)
    again = {"gezien": SEEN.findall(late.text)[0], "waarde": "22"}
    assert browser.post(f"{LIST}/pay_date", again).status_code == 303
    assert kept(office, "pay_date") == 22


def test_one_municipality_changes_nothing_of_another_and_the_library_has_none(office: Office) -> None:
    change(office.staff(Role.ADMINISTRATOR), "phone", waarde="14 0512")
    national = office.staff(Role.EDITOR, town=office.library)

    with office.database.reading() as session:
        assert "contact" not in session.get_one(Municipality, office.stranger.id).settings
    assert "Dit stelt elke gemeente zelf in" in national.get(LIST).text
    assert "Landelijk heeft het niet" in change(national, "phone", waarde="14 0512").text


def test_a_setting_that_does_not_exist_is_not_there(browser: StaffBrowser) -> None:
    assert browser.get(f"{LIST}/bestaat_niet").status_code == 404
    assert browser.post(f"{LIST}/bestaat_niet").status_code == 404


def test_two_who_change_different_things_at_once_lose_nothing(office: Office) -> None:
    days = {"pay_date": "20", "income_form_day": "5", "debt_help": "14 0123", "advance_desk": "de balie"}

    def fill(name: str) -> None:
        with office.database.writing() as session:
            change_setting(session, office.town.id, name, days[name], mark_of(None))

    with ThreadPoolExecutor(len(days)) as pool:
        list(pool.map(fill, days))
    assert [str(kept(office, name)) for name in days] == list(days.values())
