"""`trede doctor`: is everything there and well, and if not, what to do."""

import shutil
from collections.abc import Callable, Iterator

from sqlalchemy import select

from benefits.stale import stale_on
from cli.examine_machines import backups, demo_accounts, keys, processes, rasas, waiting_work
from cli.findings import Finding, show
from cli.prepare import find_model
from cli.rasa_environment import PYTHON
from cli.wiring import Wiring, now
from db.migrate import is_current
from db.models import Municipality
from services.audit import verify_chain
from services.calendar import day_here
from services.errors import ServiceError
from services.municipalities import list_municipalities


def doctor(wiring: Wiring, as_data: bool) -> bool:
    """Print all findings; True when nothing is wrong."""
    findings = list(examine(wiring))
    show(findings, as_data)
    return all(finding.well is not False for finding in findings)


def examine(wiring: Wiring) -> Iterator[Finding]:
    for look in LOOKS:
        try:
            yield from look(wiring)
        except Exception as error:
            # The rest of what a database says of its trouble is for its own log.
            yield Finding(look.__name__.strip("_"), False, f"{type(error).__name__}: {str(error).partition('\n')[0]}")


def _database(wiring: Wiring) -> Iterator[Finding]:
    kind = wiring.database.engine.dialect.name
    if not is_current(wiring.database.engine):
        yield Finding("database", False, f"{kind}: niet in de nieuwste vorm; draai `trede prepare`")
        return
    with wiring.database.reading() as session:
        towns = [town.slug for town in list_municipalities(session)]
    yield Finding("database", True, f"{kind}, gemeenten: {', '.join(towns) or 'geen (draai `trede prepare`)'}")


def _figures(wiring: Wiring) -> Iterator[Finding]:
    stale = stale_on(wiring.figures, day_here(now()))
    told = f"{len(stale)} verlopen: {', '.join(s.ref for s in stale[:5])}" if stale else "alle bedragen gelden vandaag"
    yield Finding("bedragen", not stale, told)


def _model(wiring: Wiring) -> Iterator[Finding]:
    if not PYTHON.exists():
        yield Finding("training", None, "Rasa's omgeving is hier niet (`make setup`): trainen gaat via nlu/trainer.py")
    try:
        model = find_model(wiring)
    except ServiceError as error:
        yield Finding("model", False, str(error))
        return
    if model is None:
        yield Finding("model", False, "er is geen model dat bij deze inhoud en deze code past; draai `trede prepare`")
        return
    made = model.manifest
    told = f"{model.version}: {len(made['topics'])} topics, {made['examples']} voorbeelden"
    yield Finding("model", True, f"{told}, getraind in {made['seconds']} s met {made['peak_memory_mb']} MB")


def _audit_log(wiring: Wiring) -> Iterator[Finding]:
    with wiring.database.reading() as session:
        chains = {town.slug: verify_chain(session, town.id) for town in session.scalars(select(Municipality))}
    broken = [f"{slug} vanaf regel {chain.broken_at}" for slug, chain in chains.items() if not chain.whole]
    told = f"geschonden: {', '.join(broken)}" if broken else f"heel, {sum(c.entries for c in chains.values())} regels"
    yield Finding("logboek", not broken, told)


def _disk(wiring: Wiring) -> Iterator[Finding]:
    free = shutil.disk_usage(wiring.settings.data_dir).free / 2**30
    yield Finding("schijf", free > 1, f"{free:.0f} GB vrij bij {wiring.settings.data_dir}")


LOOKS: tuple[Callable[[Wiring], Iterator[Finding]], ...] = (
    _database,
    keys,
    processes,
    rasas,
    _model,
    _figures,
    waiting_work,
    demo_accounts,
    _audit_log,
    backups,
    _disk,
)
