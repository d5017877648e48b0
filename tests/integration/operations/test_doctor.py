"""What `trede doctor` finds beyond the process in which it is asked."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from benefits.figures import load_figures
from cli.examine_machines import backups, demo_accounts, keys, processes, rasas, waiting_work
from cli.findings import Finding, in_time
from cli.settings import read_settings
from cli.wiring import Wiring, now
from db.models import Backup, Message, MessageStatus, ModelVersion, Role
from db.session import Database
from services.keys import Keys
from services.municipalities import library
from services.processes import Self, beat
from services.reminding.moments import moment_on
from tests.builders import build_account, build_municipality
from tests.conftest import Clock
from tests.fakes.rasa import TOKEN, Rasa
from tests.integration.services.conftest import Town
from tests.integration.services.test_checklist import Listed

KEY = "the secret key of these tests, long enough"
type Look = Callable[[Wiring], Iterator[Finding]]


@pytest.fixture
def wiring(database: Database, tmp_path: Path) -> Callable[..., Wiring]:
    def make(**settings: str) -> Wiring:
        given = {"TREDE_DATA_DIR": str(tmp_path), "TREDE_SECRET_KEY": KEY, "TREDE_RASA_TOKEN": TOKEN} | settings
        read = read_settings(given)
        return Wiring(read, database, Keys(read.secret_key), load_figures())

    return make


def found(look: Look, wiring: Wiring) -> dict[str, tuple[bool | None, str]]:
    return {finding.what: (finding.well, finding.told) for finding in look(wiring)}


def run(wiring: Wiring, name: str, *parts: str, key: str = KEY, own: bool = False, ago: float = 0) -> None:
    with wiring.database.writing() as session:
        at = now() - timedelta(seconds=ago)
        beat(session, Self(name, "host", parts, Keys(key).check, own, at), at)


def test_processes_are_counted_and_a_part_that_nobody_does_is_missed(wiring: Callable[..., Wiring]) -> None:
    ours = wiring()
    assert found(processes, ours) == {"processen": (None, "er draait niets")}
    run(ours, "a", "web", "actions")
    well, told = found(processes, ours)["processen"]
    assert (well, "geen worker" in told) == (False, True)
    run(ours, "b", "worker")
    assert found(processes, ours)["processen"] == (True, "1 x actions, 1 x web, 1 x worker")


def test_who_stopped_without_a_word_is_told(wiring: Callable[..., Wiring]) -> None:
    ours = wiring()
    run(ours, "gone", "worker", ago=60)
    assert "1 stopten" in found(processes, ours)["processen"][1]


def test_keys_that_differ_are_a_fault(wiring: Callable[..., Wiring]) -> None:
    ours = wiring()
    assert found(keys, ours)["sleutel"][0] is True
    run(ours, "a", "web", key=KEY + "!")
    assert "dit commando" in found(keys, ours)["sleutel"][1]
    run(ours, "b", "worker")
    assert found(keys, ours)["sleutel"] == (False, "de processen hebben niet dezelfde TREDE_SECRET_KEY")


def test_a_key_that_a_process_made_itself_is_a_fault_where_there_are_many(wiring: Callable[..., Wiring]) -> None:
    ours = wiring(TREDE_SECRET_KEY="")
    many = ours.database.engine.dialect.name == "postgresql"

    assert found(keys, ours)["sleutel"][0] is (False if many else None)


def test_every_rasa_is_asked_for_its_model_and_its_memory(wiring: Callable[..., Wiring]) -> None:
    with Rasa() as well, Rasa() as forgetful:
        forgetful.health |= {"remembers": False}
        forgetful.status = 503
        ours = wiring(TREDE_RASA_URL=f"{well.url},{forgetful.url},http://127.0.0.1:1")
        told = list(rasas(ours))

    assert [(finding.what, finding.well) for finding in told] == [
        ("rasa", True), ("rasa", False), ("rasa", False), ("redis", False),
    ]  # fmt: skip
    assert "http://127.0.0.1:1 antwoordt niet" in told[2].told


def test_a_rasa_with_another_model_than_the_live_one_is_a_fault(wiring: Callable[..., Wiring]) -> None:
    with Rasa() as rasa:
        ours = wiring(TREDE_RASA_URL=rasa.url)
        with ours.database.writing() as session:
            owner = library(session).id
            session.add(
                ModelVersion(municipality_id=owner, version="newer", file="x", trained_at=now(), live=True, manifest={})
            )
        assert found(rasas, ours)["rasa"][0] is False
        rasa.health["model"] = "newer"
        assert found(rasas, ours)["rasa"][0] is True


def test_a_line_that_waits_too_long_is_a_fault(wiring: Callable[..., Wiring], town: Town) -> None:
    ours = wiring()
    assert found(waiting_work, ours)["regels"] == (True, "0 zonder antwoord")
    town.clock.now = now() - timedelta(minutes=5)
    town.say()
    well, told = found(waiting_work, ours)["regels"]
    assert (well, told.startswith("1 zonder antwoord, de oudste 5 min")) == (False, True)


def test_a_reminder_a_quarter_of_an_hour_late_is_a_fault_with_where_to_read_on(
    wiring: Callable[..., Wiring], town: Town
) -> None:
    ours = wiring()
    Listed(town).make().remind(moment_on(date(2026, 12, 1)))
    told = {}
    for minutes in (14, 16):
        with town.database.writing() as session:
            planned = update(Message).where(Message.status == MessageStatus.PLANNED)
            session.execute(planned.values(due_at=now() - timedelta(minutes=minutes)))
        told[minutes] = found(waiting_work, ours)["herinneringen"]

    assert told[14][0] is True
    assert told[16][0] is False
    assert "docs/runbooks/late-reminders.md" in told[16][1]


def test_demo_accounts_are_a_fault_once_the_public_comes(wiring: Callable[..., Wiring], clock: Clock) -> None:
    ours = wiring()
    with ours.database.writing() as session:
        account = build_account(session, build_municipality(session), Role.EDITOR, demo=True)
    assert found(demo_accounts, ours) == {}
    public = wiring(TREDE_PUBLIC_URL="https://chat.example.nl")
    assert found(demo_accounts, public)["accounts"][0] is False
    with ours.database.writing() as session:
        session.merge(account).blocked_at = clock()
    assert found(demo_accounts, public)["accounts"][0] is True


def test_a_service_needs_a_backup_of_today_and_a_trial_none(wiring: Callable[..., Wiring]) -> None:
    ours, public = wiring(), wiring(TREDE_PUBLIC_URL="https://chat.example.nl")
    assert (found(backups, ours)["back-up"][0], found(backups, public)["back-up"][0]) == (None, False)
    for days, well in ((3, False), (1, True)):
        with ours.database.writing() as session:
            session.add(Backup(made_at=datetime.now(UTC) - timedelta(days=days), row_count=1))
        assert found(backups, public)["back-up"][0] is well


@pytest.mark.parametrize(
    ("seconds", "told"), [(40, "40 s"), (300, "5 min"), (3 * 3600, "3 uur"), (3 * 86400, "3 dagen")]
)
def test_a_time_is_told_as_exactly_as_anybody_needs(seconds: float, told: str) -> None:
    assert in_time(seconds) == told
