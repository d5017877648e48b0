"""An editor at work on a whole installation, through the forms of the staff's pages and with a real Rasa."""

import re
from collections.abc import Callable, Iterator
from typing import Self

import httpx
import pytest

from tests.e2e.few_topics import FAILED_BEFORE, SIX
from tests.e2e.installation import Installation, Resident, plain, wait_for

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1500)]

HERE = "/portal/onderwerpen/wealth_limit"
TRAINED_WITHIN = 400.0


class Colleague:
    """The editor of the example, signed in with the password that the first start told; without JavaScript."""

    def __init__(self, installation: Installation) -> None:
        self.client = httpx.Client(base_url=installation.url, timeout=30)
        told = re.search(r"(redacteur@landelijk)\s+(\S+)", installation.log)
        assert told, installation.log
        self.client.get("/portal/inloggen")
        self.sends("/portal/inloggen", "/portal/inloggen", login=told[1], wachtwoord=told[2])
        if "/portal/inloggen/later" in self.page:
            self.sends("/portal/inloggen/instellen", "/portal/inloggen/later")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.client.close()

    def opens(self, path: str) -> str:
        answer = self.client.get(path, follow_redirects=True)
        answer.raise_for_status()
        self.page = answer.text
        return self.page

    def sends(self, path: str, action: str, **fields: str) -> str:
        """A form of the page at `path`, with what that page hides in it."""
        hidden = re.findall(r'<input type="hidden" name="(csrf|gebaseerd|verder)" value="([^"]*)"', self.opens(path))
        answer = self.client.post(action, data=dict(hidden) | fields, follow_redirects=True)
        assert answer.status_code in (200, 422), plain(answer.text)
        self.page = answer.text
        return self.page

    def removes_all_but(self, number: int, topic: str) -> None:
        """Of both languages, page by page."""
        address = f"/portal/onderwerpen/{topic}/voorbeelden"
        for language, kept in (("nl", number), ("en", 0)):
            here = f"{address}?taal={language}"
            while len(chosen := re.findall(r'name="(v\d+)"', self.opens(here))) > kept:
                self.sends(here, f"{address}/verwijder", taal=language, **dict.fromkeys(chosen[kept:], "1"))

    def trains(self) -> str:
        self.sends("/portal/begrip", "/portal/begrip/train")
        return self.waits()

    def goes_back(self) -> str:
        found = re.search(r'href="(/portal/begrip/terug/\w+)"', self.opens("/portal/begrip"))
        assert found
        self.sends(found[1], found[1])
        return self.waits()

    def waits(self) -> str:
        wait_for(
            lambda: "<progress" not in self.opens("/portal/begrip"), TRAINED_WITHIN, lambda: plain(self.page)[-1000:]
        )
        return plain(self.page)


@pytest.fixture
def installation(install_few: Callable[..., Installation]) -> Installation:
    made = install_few()
    made.start()
    made.wait_until_ready()
    return made


@pytest.fixture
def editor(installation: Installation) -> Iterator[Colleague]:
    with Colleague(installation) as colleague:
        yield colleague


def becomes(installation: Installation, text: str, *, changed: bool) -> None:
    """For whoever asks within the second of the switch the old model may still be at work."""
    wait_for(
        lambda: ("Sinds vandaag" in answer_to(installation, text)) is changed, 20, lambda: answer_to(installation, text)
    )


def answer_to(installation: Installation, text: str) -> str:
    """What a stranger who asks it now reads."""
    with Resident(installation.url) as resident:
        resident.says(text)
        wait_for(lambda: "vraag" in plain(resident.looks_again()), 20, lambda: "no answer came")
        page = plain(resident.page).replace("\xa0", " ")
    return page[page.rindex(text) :]


def test_an_editor_mends_an_answer_then_the_understanding_and_goes_back(
    installation: Installation, editor: Colleague
) -> None:
    today = re.findall(r'id="van"[^>]*value="([^"]+)"', editor.opens(f"{HERE}/tekst"))[0]
    editor.sends(
        f"{HERE}/tekst", f"{HERE}/tekst", stap="bewaar", van=today,
        nl_answer="Sinds vandaag staat hier: u mag {pw_vermogensgrens.alleenstaande} hebben.", en_answer="Changed.",
        bron_0_tekst="artikel 34 Participatiewet", bron_0_adres="https://wetten.overheid.nl/BWBR0015703/",
    )  # fmt: skip
    assert "Bij de volgende vraag lezen inwoners deze tekst." in editor.page
    assert "Sinds vandaag staat hier: u mag € 8.000 hebben." in answer_to(installation, "hoeveel mag ik sparen")

    assert "Sinds vandaag" not in answer_to(installation, FAILED_BEFORE)
    tried = plain(editor.sends(f"{HERE}/voorbeelden", f"{HERE}/voorbeelden/probeer", zin=FAILED_BEFORE))
    assert "Waar de zin het meest op lijkt" in tried
    editor.sends(f"{HERE}/voorbeelden", f"{HERE}/voorbeelden", zinnen="\r\n".join(SIX))
    assert "6 voorbeelden toegevoegd" in editor.page
    assert "6 wijzigingen sinds dit model" in plain(editor.opens("/portal/begrip"))

    assert "Het nieuwe model antwoordt nu op alle vragen." in editor.trains()
    becomes(installation, FAILED_BEFORE, changed=True)
    assert "Het eerdere model antwoordt weer." in editor.goes_back()
    becomes(installation, FAILED_BEFORE, changed=False)

    editor.removes_all_but(6, "distress")
    refused = editor.trains()
    assert "Het nieuwe model was slechter. Daarom is het niet live gezet." in refused
    assert "Ik red het niet meer, wie kan mij nu helpen?” wordt slechter herkend" in refused
    assert "Deze zinnen gaan slechter" in refused
