"""What a run came to, in words for a terminal."""

from typing import Any

import click

from cli.wiring import Wiring
from db.models import RunState, TrainingRun
from services.calendar import clock_time, day_here, in_words
from services.judgement import Reason
from services.model_versions import live_version, versions_to_go_back_to
from services.publication import Failure

WHY = {
    Reason.NO_HELD_BACK: "er zijn geen achtergehouden berichten om mee te meten (content/held_back.csv)",
    Reason.TOP1_FELL: "minder berichten goed begrepen: van {before:.1%} naar {after:.1%}",
    Reason.WRONG_ANSWERS_ROSE: "meer verkeerde antwoorden: van {before:.1%} naar {after:.1%}",
    Reason.NOT_OURS_ANSWERED_ROSE: "meer antwoord op wat niet van ons is: van {before:.1%} naar {after:.1%}",
    Reason.COVERAGE_FELL: "vaker een vraag terug in plaats van antwoord: van {before:.1%} naar {after:.1%} beantwoord",
    Reason.PROTECTED_FELL: "'{topic}' wordt minder vaak gehoord: van {before:.0%} naar {after:.0%}",
    Reason.TOO_FEW_EXAMPLES: "'{topic}' heeft {examples} voorbeelden; nodig zijn er {least}",
}
FAILED = {
    Failure.TRAINING: "de training lukte niet",
    Failure.TRAINER_AWAY: "niemand traint hier: Rasa's omgeving ontbreekt en nlu/trainer.py draait niet",
    Failure.WORKER_DIED: "het proces dat trainde is twee keer weggevallen",
    Failure.FILE_MISSING: "het bestand van dit model is weg of beschadigd",
    Failure.SWITCH: "de tweede Rasa gaf het nieuwe model niet goed weer; de oude bleef",
    Failure.STOPPED: "gestopt",
    Failure.BROKE: "er ging iets stuk; het log zegt wat",
}
MEASURES = ("top1", "top3", "coverage", "wrong_answers", "not_ours_answered")


def show(run: TrainingRun) -> bool:
    """Print how it ended; True when the model is live."""
    report = run.report
    if report.get("after"):
        _show_measures(report.get("before"), report["after"])
    reasons = [WHY[Reason(reason["code"])].format(**reason) for reason in report.get("reasons", [])]
    if report.get("unchanged"):
        click.echo("de inhoud is niet veranderd sinds dit model is gemaakt")
    if run.state is RunState.LIVE:
        rasas = report.get("switch", {}).get("rasas", 0)
        where = f"{rasas} keer Rasa antwoordt ermee" if rasas else "Rasa draait niet, en begint ermee bij de start"
        click.echo("\n".join([f"model {run.version} is live; {where}", *(f"  toch: {reason}" for reason in reasons)]))
        return True
    if run.state is RunState.REFUSED:
        click.echo(
            "\n".join(["geweigerd; het model dat er was blijft", *(f"  {reason}" for reason in reasons)]), err=True
        )
        return False
    why = FAILED.get(Failure(run.failure), "") if run.failure else run.state.value
    more = report.get("switch", {}).get("why") or report.get("detail") or ""
    click.echo(f"mislukt: {why} {more}".rstrip(), err=True)
    return False


def _show_measures(before: dict[str, Any] | None, after: dict[str, Any]) -> None:
    for name in MEASURES:
        was = "" if before is None or before[name] is None else f"{before[name]:.1%} -> "
        click.echo(f"{name:20} {was}{after[name]:.1%}" if after[name] is not None else f"{name:20} -")
    if before is None:
        click.echo("er was geen model om mee te vergelijken")


def show_versions(wiring: Wiring) -> None:
    """The live one, and those that can be gone back to."""
    with wiring.database.reading() as session:
        live, others = live_version(session), versions_to_go_back_to(session)
    for row in [*([live] if live else []), *others]:
        since = row.live_since
        when = f"{in_words(day_here(since), 'nl')} {clock_time(since)}" if since else ""
        click.echo(f"{row.version}  {'live sinds' if row.live else 'laatst live'} {when}")
    if not others:
        click.echo("er is geen eerder model om naar terug te gaan")
