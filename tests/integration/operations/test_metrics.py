"""What Prometheus reads: numbers under words of ours, with no id and no text anywhere."""

import re
from datetime import date, timedelta

from prometheus_client.parser import text_string_to_metric_families

from benefits.figures import load_figures
from bot.brain import BrainAway
from cli.metrics import Metrics, OpenStreams, Store
from db.session import Database
from services.reminding.moments import moment_on
from tests.conftest import Clock
from tests.integration.services.conftest import Town
from tests.integration.services.test_checklist import Listed

DAY = date(2026, 12, 1)

WORDS = re.compile(r"[a-z_,]*|\+Inf|\d+(\.\d+)?(e[+-]\d+)?")


def values(metrics: Metrics) -> dict[str, float]:
    families = text_string_to_metric_families(metrics.page().decode())
    return {
        sample.name + "".join(sorted(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_lines_answers_and_failures_are_counted() -> None:
    metrics = Metrics({"web"})
    metrics.line_came("web")
    metrics.answered("answered", timedelta(seconds=0.25))
    metrics.answered("kept", timedelta(seconds=3))
    metrics.rasa_failed(BrainAway())
    metrics.ticks.labels("clean").inc()
    metrics.registry.register(OpenStreams(lambda: 7))
    told = values(metrics)

    assert told["trede_lines_received_totalweb"] == 1
    assert (told["trede_answers_totalanswered"], told["trede_answers_totalkept"]) == (1, 1)
    assert (told["trede_answer_seconds_count"], told["trede_answer_seconds_sum"]) == (1, 0.25)
    assert (told["trede_answer_seconds_bucket0.2"], told["trede_answer_seconds_bucket0.3"]) == (0, 1)
    assert told["trede_rasa_failures_totalaway"] == told["trede_tick_failures_totalclean"] == 1
    assert told["trede_open_streams"] == 7


def test_what_lies_in_the_store_is_told_without_what_is_in_it(town: Town) -> None:
    town.say("mijn geheim is groot")
    town.clock.forward(seconds=5)
    metrics = Metrics({"worker"})
    metrics.registry.register(Store(town.database, load_figures(), town.clock))
    told = values(metrics)
    page = metrics.page().decode()

    assert (told["trede_open_lines"], told["trede_open_lines_oldest_seconds"]) == (1, 5)
    assert told["trede_database_up"] == 1
    assert "trede_figures_stale" in told
    assert "geheim" not in page
    ours = [line for line in page.splitlines() if line.startswith("trede_") and "build" not in line]
    assert [v for line in ours for v in re.findall(r'="([^"]*)"', line) if not WORDS.fullmatch(v)] == []


def test_reminders_are_told_by_how_late_they_were_said_and_by_how_many_wait(town: Town) -> None:
    Listed(town).make().remind(moment_on(DAY))
    town.clock.now = moment_on(DAY) + timedelta(minutes=16)
    metrics = Metrics({"worker"})
    metrics.reminder_said(timedelta(seconds=45))
    metrics.reminder_said(timedelta(seconds=-1))
    metrics.registry.register(Store(town.database, load_figures(), town.clock))
    told = values(metrics)

    assert (told["trede_overdue_reminders"], told["trede_overdue_reminders_oldest_seconds"]) == (1, 960)
    assert (told["trede_reminder_lateness_seconds_count"], told["trede_reminder_lateness_seconds_sum"]) == (2, 45)
    assert told["trede_reminder_lateness_seconds_bucket60.0"] == 2


def test_without_a_database_the_rest_is_told(clock: Clock) -> None:
    metrics = Metrics({"worker"})
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    metrics.registry.register(Store(away, load_figures(), clock))

    assert values(metrics)["trede_database_up"] == 0
