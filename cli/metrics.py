"""What a process tells Prometheus. Labels are words of ours out of short lists: never an id, never a text."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib.metadata import version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from benefits.figures import Figures
from benefits.stale import stale_on
from bot.brain import BrainError
from db.session import Database
from services.calendar import day_here
from services.processes import alive_by_part, who_runs
from services.workload import Workload, workload

ANSWER_SECONDS = (0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0, 300.0)
LATE_SECONDS = (1.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0)


class Metrics:
    """The counters of one process, in a registry of its own: nothing is kept in the module."""

    def __init__(self, parts: set[str]) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self.lines = self._counter("trede_lines_received", "Lines of residents that were stored.", "channel")
        self.answers = self._counter("trede_answers", "Lines that were dealt with, and how.", "outcome")
        self.rasa = self._counter("trede_rasa_failures", "Calls of one Rasa that brought no answer, and why.", "kind")
        self.ticks = self._counter("trede_tick_failures", "Ticks of the clock that broke off.", "tick")
        self.seconds = Histogram(
            "trede_answer_seconds",
            "Seconds from the storing of a line to its answer.",
            buckets=ANSWER_SECONDS,
            registry=self.registry,
        )
        self.lateness = Histogram(
            "trede_reminder_lateness_seconds",
            "Seconds from when a reminder was planned for to when it was said.",
            buckets=LATE_SECONDS,
            registry=self.registry,
        )
        self.looked = Gauge(
            "trede_reminders_looked_timestamp_seconds",
            "When this worker last had no reminder left to say.",
            registry=self.registry,
        )
        self.registry.register(_Build(parts))

    def _counter(self, name: str, told: str, label: str) -> Counter:
        return Counter(name, told, (label,), registry=self.registry)

    def line_came(self, channel: str) -> None:
        self.lines.labels(channel).inc()

    def rasa_failed(self, error: BrainError) -> None:
        self.rasa.labels(type(error).__name__.removeprefix("Brain").lower()).inc()

    def answered(self, outcome: str, waited: timedelta) -> None:
        """`outcome`: what became of the line; one that is kept has no answer yet and no seconds."""
        self.answers.labels(outcome).inc()
        if outcome != "kept":
            self.seconds.observe(max(waited.total_seconds(), 0.0))

    def reminder_said(self, late: timedelta) -> None:
        self.lateness.observe(max(late.total_seconds(), 0.0))

    def page(self) -> bytes:
        return generate_latest(self.registry)


class _Build(Collector):
    def __init__(self, parts: set[str]) -> None:
        self.parts = parts

    def collect(self) -> Iterator[Metric]:
        info = {"version": version("trede"), "parts": ",".join(sorted(self.parts))}
        yield InfoMetricFamily("trede_build", "Which Trede this is and what it does.", value=info)


class OpenStreams(Collector):
    """Pages that hear at once what is written; counted when somebody asks."""

    def __init__(self, count: Callable[[], int]) -> None:
        self.count = count

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("trede_open_streams", "Pages with an open stream.", value=self.count())


class Store(Collector):
    """What lies in the database; told by the processes with the clock only, since all would tell the same."""

    def __init__(self, database: Database, figures: Figures, clock: Callable[[], datetime]) -> None:
        self.database, self.figures, self.clock = database, figures, clock

    def describe(self) -> Iterator[Metric]:
        """Nothing beforehand: registering must not need the database."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        now = self.clock()
        try:
            with self.database.reading() as session:
                found, alive = workload(session, now), alive_by_part(who_runs(session, now))
        except Exception:
            # Away, or not yet migrated: the other figures are all the more wanted now.
            yield GaugeMetricFamily("trede_database_up", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("trede_database_up", "Whether the database answers.", value=1)
        yield from _piles(found)
        yield from _rest(found)
        processes = GaugeMetricFamily("trede_processes", "Processes that told they are there.", labels=("part",))
        for part, count in alive.items():
            processes.add_metric((part,), count)
        yield processes
        stale = len(stale_on(self.figures, day_here(now)))
        yield GaugeMetricFamily("trede_figures_stale", "Figures of law that have run out.", value=stale)


def _piles(found: Workload) -> Iterator[Metric]:
    for name, told, pile in (
        ("open_lines", "Lines without an answer", found.open_lines),
        ("due_messages", "Messages that should have gone out", found.due_messages),
        ("overdue_reminders", "Reminders whose time has come", found.reminders),
        ("waiting_conversations", "Conversations that wait for a person", found.waiting),
        ("overdue_callbacks", "Promises to get in touch that are overdue", found.callbacks),
    ):
        yield GaugeMetricFamily(f"trede_{name}", f"{told}.", value=pile.count)
        yield GaugeMetricFamily(f"trede_{name}_oldest_seconds", f"{told}: how long the first.", value=pile.seconds)


def _rest(found: Workload) -> Iterator[Metric]:
    yield GaugeMetricFamily("trede_failed_messages", "Messages that were given up.", value=found.failed_messages)
    runs = GaugeMetricFamily("trede_training_runs", "Trainings on record, by how they stand.", labels=("state",))
    for state, count in found.training_runs.items():
        runs.add_metric((state,), count)
    yield runs
    backup = found.last_backup.timestamp() if found.last_backup else 0
    yield GaugeMetricFamily("trede_last_backup_timestamp_seconds", "When the last backup was made.", value=backup)
    yield InfoMetricFamily("trede_model", "The model that should serve.", value={"version": found.live_model or ""})
