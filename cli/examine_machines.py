"""The part of `trede doctor` that looks beyond this process: who runs, with which key, what waits, what was saved."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.brain import Brain
from cli.findings import Finding, in_time
from cli.rasas import where_rasa_runs
from cli.wiring import Wiring, now
from db.models import Account
from services.model_versions import live_version
from services.processes import alive_by_part, have_one_key, who_runs, who_went
from services.workload import workload

LATE_LINE, LATE_MESSAGE = 60.0, 300.0
"""Seconds. A line waits for Rasa, a message for a channel; what waits longer waits for a person."""
LATE_REMINDER = 900.0
"""Seconds; from then on the portal shows it too."""
BACKUP_WITHIN = timedelta(hours=36)
"""One a day, and a night in which it went wrong is seen the next day."""


def rasas(wiring: Wiring) -> Iterator[Finding]:
    """Every Rasa that should be there: ready, with the model that is live, and with its memory."""
    where = where_rasa_runs(wiring.settings.data_dir)
    named = wiring.settings.rasa_url
    healths = asyncio.run(_healths(named or where.get("url", ""), wiring.settings.rasa_token))
    if not named and not any(healths.values()):
        yield Finding("rasa", None, "draait niet (start met `make run`)")
        return
    with wiring.database.reading() as session:
        live = live_version(session)
    for url, health in healths.items():
        if health:
            yield _rasa(health, where.get("ready_after_s"), live.version if live else None)
        else:
            yield Finding("rasa", False, f"{url} antwoordt niet, of heeft een ander TREDE_RASA_TOKEN")
    if any(health.get("remembers") is False for health in healths.values()):
        yield Finding("redis", False, "Rasa kan niet bij zijn geheugen: draait Redis, klopt TREDE_REDIS_PASSWORD?")


def _rasa(health: dict[str, Any], ready_after: float | None, live: str | None) -> Finding:
    wrong = [canary["topic"] for canary in health["canaries"] if not canary["right"]]
    started = f"gereed na {ready_after} s" if ready_after else "starttijd onbekend"
    told = f"{health['memory_mb']} MB, {started}, model {health['model']}"
    told = f"{told}, {len(wrong)} van {len(health['canaries'])} kanaries fout"
    if refused := health.get("refused"):
        told = f"{told}; weigert model {refused['version']} ({refused['why']})"
    if live is not None and health["model"] != live:
        return Finding("rasa", False, f"{told}; het model hoort {live} te zijn")
    return Finding("rasa", bool(health["ready"]), told)


async def _healths(urls: str, token: str) -> dict[str, dict[str, Any]]:
    brain = Brain(urls, token)
    try:
        return await brain.healths()
    finally:
        await brain.close()


def processes(wiring: Wiring) -> Iterator[Finding]:
    """Who told lately that it is there, and who stopped telling."""
    with wiring.database.reading() as session:
        running, went = who_runs(session, now()), who_went(session, now())
    if not running:
        yield Finding("processen", None, "er draait niets")
    else:
        parts = alive_by_part(running)
        told = ", ".join(f"{count} x {part}" for part, count in parts.items())
        missing = [part for part in ("web", "worker", "actions") if part not in parts]
        yield Finding("processen", not missing, f"{told}; er draait geen {', '.join(missing)}" if missing else told)
    if went:
        last = ", ".join(f"{'+'.join(one.parts)} op {one.host}" for one in went[-3:])
        yield Finding("processen", None, f"{len(went)} stopten de laatste dag zonder afscheid, het laatst: {last}")


def keys(wiring: Wiring) -> Iterator[Finding]:
    """The secret key: there, and the same everywhere."""
    with wiring.database.reading() as session:
        running = who_runs(session, now())
    many = wiring.database.engine.dialect.name == "postgresql"
    made_own = any(process.own_key for process in running) or wiring.settings.own_secret_key
    if not have_one_key(running):
        yield Finding("sleutel", False, "de processen hebben niet dezelfde TREDE_SECRET_KEY")
    elif running and running[0].key_check != wiring.keys.check:
        yield Finding("sleutel", False, "dit commando heeft een andere TREDE_SECRET_KEY dan wat er draait")
    elif many and made_own:
        told = (
            "er draait iets zonder TREDE_SECRET_KEY: het maakte zelf een sleutel, die op een andere machine anders is"
        )
        yield Finding("sleutel", False, told)
    elif made_own:
        yield Finding("sleutel", None, f"staat in {wiring.settings.data_dir / 'secret_key'}: bewaar er een kopie van")
    else:
        yield Finding("sleutel", True, "gegeven, en overal dezelfde")


def waiting_work(wiring: Wiring) -> Iterator[Finding]:
    """Lines without an answer, messages that did not go out, people who wait."""
    with wiring.database.reading() as session:
        found = workload(session, now())
    for what, told, pile, late in (
        ("regels", "zonder antwoord", found.open_lines, LATE_LINE),
        ("berichten", "nog te verzenden", found.due_messages, LATE_MESSAGE),
        ("herinneringen", "al aan de beurt", found.reminders, LATE_REMINDER),
        ("wachtenden", "op een medewerker", found.waiting, float("inf")),
        ("terugbellen", "te laat", found.callbacks, 0.0),
    ):
        since = f", de oudste {in_time(pile.seconds)}" if pile.count else ""
        if what == "herinneringen" and pile.count and pile.seconds > late:
            since = f"{since}: draait er een worker? Zie docs/runbooks/late-reminders.md"
        well = None if late == float("inf") else not (pile.count and pile.seconds > late)
        yield Finding(what, well, f"{pile.count} {told}{since}")
    if found.failed_messages:
        yield Finding("berichten", None, f"{found.failed_messages} opgegeven; `failure` zegt waarom")


def demo_accounts(wiring: Wiring) -> Iterator[Finding]:
    """Whoever saw the first run knows their passwords: fine in a trial, not before the public."""
    if not wiring.settings.public_url:
        return
    with wiring.database.reading() as session:
        demo = session.scalar(select(func.count(Account.id)).where(Account.demo, Account.blocked_at.is_(None))) or 0
    told = f"{demo} voorbeeld-accounts staan open: `trede user block LOGIN`" if demo else "geen voorbeeld-accounts"
    yield Finding("accounts", not demo, told)


def backups(wiring: Wiring) -> Iterator[Finding]:
    """How old the last one is. In a trial there need not be any."""
    with wiring.database.reading() as session:
        last = workload(session, now()).last_backup
    serves = bool(wiring.settings.public_url)
    if last is None:
        yield Finding("back-up", False if serves else None, "nog nooit gemaakt (`trede backup BESTAND`)")
        return
    age = now() - last
    well = age < BACKUP_WITHIN if serves else None
    yield Finding("back-up", well, f"{in_time(age.total_seconds())} oud")
