"""Accounts and the audit log, as an administrator keeps them."""

import re

import pytest

from db.models import Account, AuditEntry, Role
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office
from tests.integration.portal.signing_in import Person

NEW = {"login": "Els@Voorbeeld.test ", "naam": " Els  Bos", "getoond": "Els", "rol_editor": "1"}


def one(office: Office, login: str) -> Account:
    return next(account for account in office.accounts() if account.login == login)


def told_password(page: str) -> str:
    found = re.search(r'class="sleutel"[^>]*>([a-z0-9-]+)<', page)
    assert found
    return found[1]


def test_a_new_account_gets_a_password_that_is_told_once_and_works_once(
    office: Office, administrator: StaffBrowser
) -> None:
    page = administrator.post("/beheer/nieuw", NEW).text
    els = one(office, "els@voorbeeld.test")
    person = Person(office.nobody(), els, office.clock)

    assert (els.name, els.shown_as, els.roles) == ("Els Bos", "Els", ["editor"])
    assert person.give_password(told_password(page)).status_code == 303
    assert person.open("/inloggen/verder").headers["location"] == "/portal/inloggen/wachtwoord"
    assert told_password(page) not in administrator.get(f"/beheer/accounts/{els.id}").text
    assert [(entry.subject, entry.detail) for entry in office.entries("add_account")] == [
        (f"account {els.id}", {"roles": ["editor"]})
    ]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"login": "els bos"}, "Vul een e-mailadres in"),
        ({"login": ""}, "Vul een e-mailadres in"),
        ({"naam": " "}, "Vul een naam in"),
        ({"rol_editor": ""}, "Kies ten minste één rol"),
        ({"rol_administrator": "1"}, "wie sleutels uitdeelt, leest niet mee"),
    ],
)
def test_an_account_that_cannot_be_is_refused_beside_its_field_and_what_was_typed_stays(
    office: Office, administrator: StaffBrowser, wrong: dict[str, str], told: str
) -> None:
    response = administrator.post("/beheer/nieuw", NEW | {"getoond": "Elsje"} | wrong)

    assert response.status_code == 422
    assert told in response.text
    assert 'value="Elsje"' in response.text
    assert len(office.accounts()) == 1


def test_a_login_is_one_in_the_whole_installation(office: Office, administrator: StaffBrowser) -> None:
    office.add(Role.EDITOR, town=office.stranger, login="els")

    assert "Deze gebruikersnaam bestaat al." in administrator.post("/beheer/nieuw", NEW).text


def test_blocking_ends_what_is_open_and_nobody_gets_in_until_it_is_lifted(
    office: Office, administrator: StaffBrowser
) -> None:
    bram = office.add(Role.CASEWORKER, login="bram")
    browser = office.sign_in(bram)
    administrator.post(f"/beheer/accounts/{bram.id}/blokkeren")
    assert browser.get("/ik").status_code == 303
    assert office.sign_in(bram).get("/ik").status_code == 303
    administrator.post(f"/beheer/accounts/{bram.id}/vrijgeven")
    assert browser.get("/ik").status_code == 303
    assert office.sign_in(bram).get("/ik").status_code == 200


@pytest.mark.parametrize("deed", ["wachtwoord", "app", "sessies"])
def test_help_for_who_cannot_get_in_ends_the_open_sessions(
    office: Office, administrator: StaffBrowser, deed: str
) -> None:
    bram = office.add(Role.CASEWORKER, login="bram", totp_secret="x")
    browser = office.sign_in(bram)
    assert administrator.post(f"/beheer/accounts/{bram.id}/{deed}").status_code in (200, 303)

    after = one(office, bram.login)
    assert browser.get("/ik").status_code == 303
    assert (after.totp_since is None) == (deed == "app")
    assert (after.one_time_until is not None) == (deed == "wachtwoord")


def test_other_roles_hold_from_the_next_page_on(office: Office, administrator: StaffBrowser) -> None:
    bram = office.add(Role.EDITOR, login="bram")
    browser = office.sign_in(bram)
    administrator.post(f"/beheer/accounts/{bram.id}/rollen", {"rol_administrator": "1"})

    assert browser.get("/beheer").status_code == 200
    assert office.entries("set_roles")[0].detail == {"roles": ["administrator"]}


@pytest.mark.parametrize("deed", ["rollen", "blokkeren", "wachtwoord", "app", "sessies"])
def test_nobody_changes_the_own_account(office: Office, administrator: StaffBrowser, deed: str) -> None:
    own = office.accounts()[0]
    response = administrator.post(f"/beheer/accounts/{own.id}/{deed}", {"rol_editor": "1"})

    assert response.status_code == 409
    assert "alleen een andere beheerder" in response.text
    assert one(office, own.login).roles == ["administrator"]


def test_the_accounts_of_another_municipality_are_not_in_the_list(office: Office, administrator: StaffBrowser) -> None:
    office.add(Role.EDITOR, town=office.stranger, login="vreemde", name="Vera Vreemd")
    office.add(Role.EDITOR, login="eigen", name="Eva Eigen")
    page = administrator.get("/beheer").text

    assert "Eva Eigen" in page
    assert "Vera Vreemd" not in page


def test_the_log_is_read_by_person_by_deed_and_page_by_page(office: Office, administrator: StaffBrowser) -> None:
    bram = office.sign_in(office.add(Role.CASEWORKER, login="bram", name="Bram Bos"))
    for _ in range(60):
        bram.get("/ik")
    number = one(office, "bram@voorbeeld.test").id
    first = administrator.get(f"/beheer/logboek?wie={number}&wat=read_own_account").text
    assert first.count("Bram Bos</td>") == 50
    assert ">60</td>" in first
    assert 'rel="next"' in first
    older = administrator.get(f"/beheer/logboek?wie={number}&voor=11").text
    assert older.count("Bram Bos</td>") == 10
    assert 'rel="next"' not in older
    newer = administrator.get(f"/beheer/logboek?wie={number}&na=10").text
    assert ">11</td>" in newer
    assert ">60</td>" in newer
    assert 'rel="prev"' not in newer


def test_the_log_of_another_municipality_is_another_log(office: Office, administrator: StaffBrowser) -> None:
    office.staff(Role.EDITOR, town=office.stranger).get("/ik")

    assert "Niets gevonden" in administrator.get("/beheer/logboek").text


def test_days_are_those_of_the_netherlands(office: Office, administrator: StaffBrowser) -> None:
    office.clock.now = office.clock.now.replace(hour=23, minute=30)
    administrator = office.staff(Role.ADMINISTRATOR)
    administrator.get("/ik")

    assert "Niets gevonden" in administrator.get("/beheer/logboek?tot=2026-11-23").text
    assert "Eigen account bekeken" in administrator.get("/beheer/logboek?van=2026-11-24&tot=2026-11-24").text
    assert "Eigen account bekeken" in administrator.get("/beheer/logboek?van=onzin&voor=x").text


def test_a_log_that_was_tampered_with_is_told(office: Office, administrator: StaffBrowser) -> None:
    administrator.get("/ik")
    assert "Het logboek is heel" in administrator.get("/beheer/logboek/controle").text
    with office.database.writing() as session:
        session.get_one(AuditEntry, office.entries()[0].id).deed = "begin"
    assert "klopt niet vanaf regel 1" in administrator.get("/beheer/logboek/controle").text
