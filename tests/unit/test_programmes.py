"""What a municipality tells of its conversations is checked with the key told; and days are counted on the calendar."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from db.models import Municipality
from services.agenda.programmes import programmes_of
from services.content.forms import MunicipalityFile
from services.content.read import read_content
from services.inviting.due import months_after
from tests.builders import CONTENT

THREAT = re.compile(
    r"maatregel|korting|gekort|verplicht|moet|straf|boete|gevolg|stop(?:gezet|zetten)|verla(?:ag|gen)"
    r"|sanction|penalt|fine\b|oblig|must|consequence|reduc|duty",
    re.IGNORECASE,
)


def town(**changes: Any) -> MunicipalityFile:
    talk = {"key": "gesprek", "name": {"nl": "gesprek", "en": "talk"}, "minutes": 30, "channels": ["office"]}
    return MunicipalityFile.model_validate({"slug": "stad", "name": "Stad", "programmes": [talk | changes]})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"channels": ["fax"]}, r"programmes\.0\.channels\.0"),
        ({"channels": []}, r"programmes\.0\.channels"),
        ({"maanden": 3}, r"programmes\.0\.maanden"),
        ({"remind_before": ["3 days"]}, r"programmes\.0\.remind_before\.0"),
        ({"minutes": 0}, r"programmes\.0\.minutes"),
        ({"age_from": 27, "age_to": 21}, "age_to lies below age_from"),
        ({"choose_days": 14, "hand_days": 14}, "hand_days has to be more"),
        ({"first_talk": True}, "led_by has to be team"),
        ({"first_talk": True, "led_by": "team", "months": 3}, "months has to be null"),
        ({"bring": {"nl": ["Een pas."], "en": []}}, "1 lines in Dutch and 0 in English"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_key(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        town(**changes)

    said = "\n".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in refused.value.errors())
    assert re.search(told, said), said


def test_a_key_stands_once() -> None:
    talk = town().model_dump(mode="json")["programmes"][0]

    with pytest.raises(ValidationError, match="stands in it twice"):
        MunicipalityFile.model_validate({"slug": "stad", "name": "Stad", "programmes": [talk, talk]})


def test_the_file_tells_of_it_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "municipalities").mkdir()
    text = (CONTENT / "municipalities" / "heerenveen.yaml").read_text().replace("months: 18", "months: often")
    (tmp_path / "municipalities" / "heerenveen.yaml").write_text(text)

    with pytest.raises(Exception, match=r"heerenveen\.yaml: programmes\.0\.months: "):
        read_content(tmp_path)


def test_the_form_and_the_reader_know_the_same_keys() -> None:
    told = town().model_dump(mode="json")["programmes"]
    (read,) = programmes_of(Municipality(settings={"programmes": told})).values()

    assert set(told[0]) == set(vars(read))
    assert (read.months, read.notice_hours, read.invite_days) == (None, 24, 28)


def test_the_examples_speak_as_often_as_their_own_papers_say() -> None:
    told = {one.slug: one.programmes for one in read_content(CONTENT).municipalities}

    assert {slug: [(one.key, one.months) for one in programmes] for slug, programmes in told.items()} == {
        "groningen": [("kansen_in_kaart", 12), ("intake", None)],
        "heerenveen": [("contactgesprek", 18), ("intake", None)],
        "pijnacker-nootdorp": [("fip", 3), ("intake", None)],
    }


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 23), 18, date(2028, 5, 23)),
        (date(2026, 8, 31), 18, date(2028, 2, 29)),
        (date(2025, 8, 31), 18, date(2027, 2, 28)),
        (date(2026, 10, 1), 3, date(2027, 1, 1)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2027, 1, 1), -3, date(2026, 10, 1)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
    ],
)
def test_months_are_counted_on_the_calendar(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_no_invitation_threatens() -> None:
    content = read_content(CONTENT)
    said = [text for key, text in content.phrases.items() if key.startswith(("invitation_", "meeting."))]
    lines = [line for text in said for line in (text.nl, text.en or "")]
    for one in (one for town in content.municipalities for one in town.programmes):
        lines += [*one.bring.nl, *one.bring.en, *((one.about.nl, one.about.en) if one.about else ())]

    assert len(said) >= 10
    assert [line for line in lines if THREAT.search(line)] == []
