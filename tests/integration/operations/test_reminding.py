"""The clock says reminders: all that are due, and those that can be said when one cannot."""

from datetime import date

import pytest
from sqlalchemy import delete

from benefits.figures import load_figures
from cli.reminding import Reminding
from db.models import MessageStatus, Phrase
from services.reminding.moments import moment_on
from services.workload import Pile
from tests.integration.operations.test_workload import found
from tests.integration.services.conftest import Town
from tests.integration.services.test_checklist import Listed

pytestmark = pytest.mark.anyio
DAY = date(2026, 12, 1)


def reminding(town: Town, heard: list[int]) -> Reminding:
    return Reminding(town.database, load_figures(), town.clock, heard.append)


async def test_all_that_are_due_are_said_and_heard_of(town: Town) -> None:
    residents = [Listed(town, address=f"r{number}").make().remind(moment_on(DAY)) for number in range(3)]
    town.clock.now = moment_on(DAY)
    heard: list[int] = []
    await reminding(town, heard).say_due()

    assert sorted(heard) == sorted(listed.id for listed in residents)


async def test_one_that_cannot_be_said_holds_up_nobody_and_is_counted(town: Town) -> None:
    listed = Listed(town).make()
    for key in ("travel", "report_work", "payslips"):
        listed.remind(moment_on(DAY), key)
    with town.database.writing() as session:
        session.execute(delete(Phrase).where(Phrase.key == "checklist.travel.text"))
    town.clock.now = moment_on(DAY)
    await reminding(town, []).say_due()

    statuses = sorted(one.status for one in listed.reminders())
    assert statuses == [MessageStatus.PLANNED, MessageStatus.SENT, MessageStatus.SENT]
    town.clock.forward(minutes=20)
    assert found(town).reminders == Pile(1, 1200)
