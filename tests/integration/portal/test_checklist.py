"""A caseworker sees what the resident still has to arrange, and nothing of what is only planned in the transcript."""

from datetime import date, timedelta

from benefits.figures import load_figures
from db.models import Role
from services.checklist.effect import change_list
from services.checklist.keep import keep_list, plan_list
from services.reminding.moments import moment_on
from tests.conversations import build_conversation
from tests.integration.portal.conftest import Office


def make(office: Office) -> int:
    """A conversation with a list: one thing done, and a reminder of another."""
    now = office.clock()
    with office.database.writing() as session:
        conversation = build_conversation(session, office.town, "ik ga werken")
        keep_list(session, conversation, plan_list(session, load_figures(), conversation, date(2026, 12, 14), now), now)
        change_list(session, conversation, {"deed": "done", "key": "travel"}, now)
        at = moment_on(now.date() + timedelta(days=2)).isoformat()
        change_list(session, conversation, {"deed": "remind", "key": "payslips", "at": at}, now)
        return conversation.id


def test_the_list_stands_above_the_conversation(office: Office) -> None:
    page = office.sign_in(office.add(Role.CASEWORKER)).get(f"/gesprekken/{make(office)}").text

    assert "1 van de 9 klaar, begint 14 december 2026" in page
    assert "<strong>Klaar:</strong>" in page
    assert "vóór 14 januari 2027, herinnering" in page


def test_without_a_list_nothing_is_said_of_one(office: Office) -> None:
    with office.database.writing() as session:
        conversation = build_conversation(session, office.town, "hallo").id
    page = office.sign_in(office.add(Role.CASEWORKER)).get(f"/gesprekken/{conversation}").text

    assert "aan het werk" not in page


def test_what_is_only_planned_is_no_message_yet(office: Office) -> None:
    conversation = make(office)
    page = office.sign_in(office.add(Role.CASEWORKER)).get(f"/gesprekken/{conversation}").text

    assert 'id="m-' not in page
    assert "gezegd--reminder" not in page
