"""The caseworker opens what the resident saw, and sees what comes out when something is different."""

import re
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from db.models import Calculation, Municipality
from services.calculations import share
from tests.calculations import a_situation, build_calculation
from tests.conversations import build_conversation
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

FORM = {
    "uren": "32", "uurloon": "16,00", "huishouden": "alleenstaande_ouder", "leeftijd": "36", "kinderen": "4, 9",
    "huisgenoten": "0", "huur": "612,35", "spaargeld": "0", "maanden_n": "0", "maanden_34a": "0", "datum": "2026-11-23",
}  # fmt: skip


def a_calculation(office: Office, town: Municipality | None = None, shared: bool = False, **how: str) -> Calculation:
    with office.database.writing() as session:
        conversation = build_conversation(session, town or office.town, "hoeveel houd ik over", at=office.clock())
        made = build_calculation(session, conversation, a_situation(), office.clock(), **how)
        if shared:
            share(made, office.clock())
        return made


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


def address(made: Calculation, more: str = "") -> str:
    return f"/gesprekken/berekeningen/{made.id}{more}"


def varied(browser: StaffBrowser, made: Calculation, **fields: str) -> str:
    response = browser.get(address(made, f"/variatie?{urlencode(FORM | fields)}"))
    assert response.status_code in (200, 422)
    return words(response.text)


def test_the_conversation_leads_to_its_calculations_and_says_which_is_shared(
    office: Office, caseworker: StaffBrowser
) -> None:
    made = a_calculation(office, shared=True)
    page = caseworker.get(f"/gesprekken/{made.conversation_id}").text
    assert f'href="/portal{address(made)}"' in page
    assert "Berekening: 20 uur, + € 272 per maand" in words(page)
    assert "Gedeeld met u" in page


def test_it_is_the_page_that_the_resident_saw_with_every_reason_open(office: Office, caseworker: StaffBrowser) -> None:
    page = caseworker.get(address(a_calculation(office, language="en"))).text
    told = words(page)
    assert "U houdt ongeveer € 272 per maand meer over dan nu." in told
    assert "Bijstand voor uw huishouden (bijstandsnorm), met vakantiegeld" in told, "Dutch, whatever the resident read"
    assert "pw_vrijlating_n_pct 0,25" in told
    assert page.count("<details") == page.count('<details class="uitklap" open')


def test_what_is_varied_is_worked_out_and_kept_nowhere(office: Office, caseworker: StaffBrowser) -> None:
    made = a_calculation(office)
    told = varied(caseworker, made)
    assert "Variatie, niet bewaard. De inwoner ziet dit niet." in told
    assert "De inwoner zag: U houdt ongeveer € 272 per maand meer over dan nu." in told
    assert "Leeftijden van de kinderen 4, 9" in told
    assert "Met 32 uur" in told
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Calculation)) == 1
        outcome = session.get_one(Calculation, made.id).outcome
        assert outcome is not None
        assert Decimal(outcome["difference"]) == Decimal("272.19")


def test_what_is_not_sent_stays_as_the_resident_told_it(office: Office, caseworker: StaffBrowser) -> None:
    told = words(caseworker.get(address(a_calculation(office), "/variatie?uren=24")).text)
    assert "Met 24 uur" in told
    assert "24 uur per week, € 15 bruto per uur" in told
    assert "Kale huur per maand € 612,35" in told


@pytest.mark.parametrize(
    ("field", "typed", "fault"),
    [
        ("uurloon", "veel", "Vul een bedrag in, zoals 15,25."),
        ("uurloon", "1e9", "Vul een bedrag in, zoals 15,25."),
        ("uurloon", "NaN", "Vul een bedrag in, zoals 15,25."),
        ("uurloon", "-1", "Vul een bedrag in, zoals 15,25."),
        ("uren", "400", "Vul een aantal uren per week in"),
        ("leeftijd", "17", "Vul een leeftijd in van 18 jaar"),
        ("leeftijd", "67", "Vul een leeftijd in van 18 jaar"),
        ("kinderen", "", "Wie alleen is, heeft er geen."),
        ("kinderen", "18", "Vul leeftijden in van 0 tot en met 17"),
        ("kinderen", "<b>", "Vul leeftijden in van 0 tot en met 17"),
        ("huishouden", "kasteel", "Kies een huishouden"),
        ("datum", "gisteren", "Vul een dag in"),
        ("datum", "2020-01-01", "Vul een dag in"),
        ("datum", "0001-01-01", "Vul een dag in"),
        ("datum", "9999-12-31", "Vul een dag in"),
        ("huisgenoten", "½", "Vul een geheel getal in."),
        ("maanden_n", "9999", "Vul een geheel aantal maanden in."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    office: Office, caseworker: StaffBrowser, field: str, typed: str, fault: str
) -> None:
    told = varied(caseworker, a_calculation(office), **{field: typed})
    assert fault in told


def test_a_partner_who_works_goes_with_the_couple(office: Office, caseworker: StaffBrowser) -> None:
    made = a_calculation(office)
    told = varied(caseworker, made, huishouden="paar", leeftijd_partner="30")
    assert "Leeftijden van u en uw partner 36, 30" in told
    assert "Vul bij een paar de leeftijd van de partner in" in varied(caseworker, made, huishouden="paar")


def test_nobody_sees_the_calculations_of_another_municipality(office: Office, caseworker: StaffBrowser) -> None:
    foreign = a_calculation(office, office.stranger)
    for more in ("", "/variatie?uren=8"):
        assert caseworker.get(address(foreign, more)).status_code == 404
    assert caseworker.get(f"/gesprekken/berekeningen/{2**63}").status_code == 404


def test_reading_and_varying_are_noted_without_what_was_read(office: Office, caseworker: StaffBrowser) -> None:
    made = a_calculation(office)
    caseworker.get(address(made))
    varied(caseworker, made)
    noted = [(entry.deed, entry.subject, entry.detail) for entry in office.entries()]
    assert ("read_calculation", f"calculation {made.id}", {}) in noted
    assert ("vary_calculation", f"calculation {made.id}", {}) in noted
