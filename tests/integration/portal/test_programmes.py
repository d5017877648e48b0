"""The kinds of conversation of a municipality: checked at the field, told what it means, never lost, never silent."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db.models import Appointment, AppointmentState, Invitation, InvitationState, MeetingChannel, Municipality, Role
from portal.programme_form import fields_of, told_in
from services.content.export import export_content
from services.content.programmes import ProgrammeForm
from services.content.read import read_content
from services.town_settings.programmes import told_of
from tests.agenda import TALK, build_person
from tests.builders import NOW
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

BRING = {"nl": ["Neem uw paspoort mee."], "en": ["Bring your passport."]}
TALKS = TALK | {"months": 18, "benefits": ["algemeen"], "bring": BRING}
OLD = fields_of(ProgrammeForm.model_validate(TALKS).model_dump(mode="json"))
HERE = "/instellingen/soorten/contactgesprek"
NEW = OLD | {"name_nl": "Kansen in Kaart", "name_en": "chances mapped"}
HIDDEN = re.compile(r'name="(gezien|bevestigd)" value="([^"]+)"')


@dataclass
class Desk:
    office: Office
    browser: StaffBrowser

    def kept(self, key: str = "contactgesprek") -> dict[str, Any]:
        with self.office.database.reading() as session:
            return told_of(session.get_one(Municipality, self.office.town.id), key)

    def post(self, **changes: str) -> Any:
        """As from the page as it is now."""
        hidden = dict(HIDDEN.findall(self.browser.get(HERE).text))
        return self.browser.post(HERE, OLD | hidden | changes)

    def confirm(self, asked: Any, **changes: str) -> Any:
        return self.browser.post(HERE, OLD | dict(HIDDEN.findall(asked.text)) | changes)


@pytest.fixture
def desk(office: Office) -> Desk:
    with office.database.writing() as session:
        town = session.get_one(Municipality, office.town.id)
        town.settings = town.settings | {"programmes": [TALKS]}
    return Desk(office, office.staff(Role.ADMINISTRATOR))


def invite(office: Office, number: str, state: InvitationState = InvitationState.INVITED) -> None:
    with office.database.writing() as session:
        person = build_person(session, office.town, number=number)
        session.add(
            Invitation(
                municipality_id=office.town.id, person_id=person.id, programme="contactgesprek", state=state,
                due_on=NOW.date(), created_at=NOW, invited_at=NOW,
            )
        )  # fmt: skip


def book(office: Office, number: str) -> None:
    begins_at = NOW + timedelta(days=3)
    with office.database.writing() as session:
        person = build_person(session, office.town, number=number)
        session.add(
            Appointment(
                municipality_id=office.town.id, public_id=number, person_id=person.id, programme="contactgesprek",
                channel=MeetingChannel.PHONE, begins_at=begins_at, ends_at=begins_at, blocked_from=begins_at,
                blocked_until=begins_at, state=AppointmentState.BOOKED, created_at=NOW, changed_at=NOW,
            )
        )  # fmt: skip


def test_what_the_form_shows_is_what_is_kept() -> None:
    kept = ProgrammeForm.model_validate(TALKS | {"channels": ["home", "office"], "remind_before": ["36h"]})

    told = told_in(fields_of(kept.model_dump(mode="json")))
    back = ProgrammeForm.model_validate({**told, "key": kept.key, "in_use": True})
    assert back.model_dump(mode="json") == kept.model_dump(mode="json")


def test_a_new_kind_is_kept_and_stands_in_the_list(desk: Desk) -> None:
    response = desk.browser.post("/instellingen/nieuw", NEW)

    assert response.headers["location"] == "/portal/instellingen/soorten/kansen_in_kaart?gedaan=bewaard"
    assert "Kansen in kaart" in desk.browser.get("/instellingen").text
    assert desk.kept("kansen_in_kaart")["months"] == 18
    assert [entry.subject for entry in desk.office.entries("add_programme")] == ["programme kansen_in_kaart"]
    assert desk.browser.post("/instellingen/nieuw", NEW).status_code == 303
    assert desk.browser.post("/instellingen/nieuw", NEW | {"minutes": "20"}).status_code == 422


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"name_nl": " "}, "name_nl", "Vul dit in."),
        ({"name_en": "x" * 41}, "name_en", "hoogstens 40 tekens"),
        ({"minutes": "5"}, "minutes", "Dit is ten minste 10."),
        ({"minutes": "veel"}, "minutes", "Vul een heel getal in."),
        ({"minutes": "9" * 5000}, "minutes", "past hier niet"),
        ({"months": "61"}, "months", "Dit is hoogstens 60."),
        ({"first_channel": "fax"}, "channels", "Kies een van"),
        ({"age_from": "27", "age_to": "21"}, "age_to", "ligt onder de leeftijd"),
        ({"hand_days": "7"}, "hand_days", "later zijn dan de herinnering"),
        ({"first_talk": "1"}, "led_by", "met het team"),
        ({"first_talk": "1", "led_by": "team"}, "months", "komt niet terug"),
        ({"bring_en": ""}, "bring_en", "in beide talen"),
        ({"about_nl": "Voor {gemeente.naam}.", "about_en": "For you."}, "about_nl", "Haal de accolade weg"),
        ({f"remind_before_{one}": "1" for one in ("14d", "7d", "4h")}, "remind_before", "hoogstens 5"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_nothing_is_lost(
    desk: Desk, typed: dict[str, str], field: str, told: str
) -> None:
    before, response = desk.kept(), desk.post(**({"age_to": "66"} | typed))

    assert response.status_code == 422
    assert re.search(rf'<a href="#{field}">[^<]+</a>: [^<]*{told}', response.text)
    assert "Neem uw paspoort mee." in response.text
    assert desk.kept() == before
    assert desk.office.entries("change_programme") == []


def test_a_change_that_is_about_nobody_is_kept_at_once(desk: Desk) -> None:
    assert desk.post(minutes="40").status_code == 303

    assert desk.kept()["minutes"] == 40
    assert [entry.detail for entry in desk.office.entries("change_programme")] == [{"settings": ["minutes"]}]


def test_who_was_invited_or_has_a_time_is_told_of_before_it_is_kept(desk: Desk) -> None:
    for number in ("K-1", "K-2"):
        invite(desk.office, number)
    book(desk.office, "K-3")
    asked = desk.post(minutes="40", benefits_algemeen="", benefits_ioaw="1")

    assert "2 inwoners zijn uitgenodigd en horen er dan niet meer bij." in asked.text
    assert "1 gesprek staat al vast en blijft zoals afgesproken" in asked.text
    assert desk.kept()["minutes"] == 30
    assert desk.office.entries("change_programme") == []
    sure = {"minutes": "40", "benefits_algemeen": "", "benefits_ioaw": "1"}
    assert desk.confirm(asked, **sure | {"minutes": "50"}).status_code == 200
    assert desk.confirm(asked, **sure).status_code == 303
    assert (desk.kept()["minutes"], desk.kept()["benefits"]) == (40, ["ioaw"])


def test_words_that_are_hard_to_read_are_asked_about(desk: Desk) -> None:
    hard = {"about_nl": "Indien u wilt, praten we.", "about_en": "We talk if you like."}
    asked = desk.post(**hard)

    assert "Indien" in asked.text
    assert desk.kept()["about"] is None
    assert desk.confirm(asked, **hard).status_code == 303


def test_more_people_who_are_due_are_counted_beforehand(desk: Desk) -> None:
    with desk.office.database.writing() as session:
        build_person(session, desk.office.town, created_at=NOW - timedelta(days=400))

    assert "Hoogstens 1 inwoner wordt hierdoor meteen uitgenodigd." in desk.post(months="12").text
    assert desk.post(months="15").status_code == 303


def test_a_colleague_who_was_first_is_not_written_over_unseen(desk: Desk) -> None:
    seen = dict(HIDDEN.findall(desk.browser.get(HERE).text))
    desk.post(minutes="40")
    late = desk.browser.post(HERE, OLD | seen | {"minutes": "50"})

    assert (late.status_code, "Een collega veranderde dit intussen" in late.text) == (409, True)
    assert desk.kept()["minutes"] == 40
    assert desk.confirm(late, minutes="50").status_code == 303
    assert desk.kept()["minutes"] == 50


def test_off_and_on_again_tells_who_it_is_about_and_asks_for_nothing_twice(desk: Desk) -> None:
    invite(desk.office, "K-1")
    invite(desk.office, "K-2", InvitationState.DONE)
    assert "1 inwoner is uitgenodigd zonder tijd" in desk.browser.get(HERE).text
    for _ in range(2):
        assert desk.browser.post(f"{HERE}/gebruik").status_code == 303
        assert desk.kept()["in_use"] is False
    desk.browser.post(f"{HERE}/gebruik", {"aan": "1"})

    assert desk.kept()["in_use"] is True
    assert [entry.detail for entry in desk.office.entries("switch_programme")][-1] == {"on": True}


def test_there_is_one_first_talk_at_a_time(desk: Desk) -> None:
    first = NEW | {"first_talk": "1", "led_by": "team", "months": ""}
    desk.browser.post("/instellingen/nieuw", first)
    other = desk.browser.post("/instellingen/nieuw", first | {"name_nl": "intake", "name_en": "intake"})
    assert (other.status_code, "Er is al een ander eerste gesprek." in other.text) == (422, True)

    desk.browser.post("/instellingen/soorten/kansen_in_kaart/gebruik")
    desk.browser.post("/instellingen/nieuw", first | {"name_nl": "intake", "name_en": "intake"})
    back = desk.browser.post("/instellingen/soorten/kansen_in_kaart/gebruik", {"aan": "1"})
    assert (back.status_code, "Er is al een ander eerste gesprek." in back.text) == (422, True)
    assert desk.kept("kansen_in_kaart")["in_use"] is False


def test_the_library_speaks_with_nobody(office: Office) -> None:
    browser = office.staff(Role.EDITOR, town=office.library)

    assert "Dit stelt elke gemeente zelf in" in browser.get("/instellingen").text
    assert "Landelijk heeft het niet" in browser.post("/instellingen/nieuw", NEW).text


def test_what_is_kept_here_is_a_content_file_too(desk: Desk, tmp_path: Path) -> None:
    desk.browser.post("/instellingen/nieuw", NEW | {"about_nl": "We praten.", "about_en": "We talk.", "months": ""})
    desk.browser.post(f"{HERE}/gebruik")
    with desk.office.database.reading() as session:
        export_content(session, tmp_path)
    towns = {town.slug: town for town in read_content(tmp_path).municipalities}

    told = [programme.model_dump(mode="json") for programme in towns["voorbeeldstad"].programmes]
    assert told == [desk.kept(), desk.kept("kansen_in_kaart")]
