"""`trede evaluate`: measure the understanding on a file of messages whose topic is known."""

from pathlib import Path
from typing import Any

import click

from cli.labelled import read_labelled
from cli.prepare import prepare
from cli.understanding import as_parsed, parse_lines
from cli.wiring import Wiring
from services.evaluation import evaluate


def evaluate_file(wiring: Wiring, path: Path) -> dict[str, Any]:
    """Raises FileWrong."""
    labels = read_labelled(path)
    model = prepare(wiring, tell=lambda line: click.echo(line, err=True))
    parses = parse_lines(model, [label.text for label in labels])
    return {"model": model.version} | evaluate([(la, as_parsed(p)) for la, p in zip(labels, parses, strict=True)])


def show(report: dict[str, Any]) -> None:
    """The figures that count, then the weakest topics and what they are taken for."""
    for name in ("messages", "top1", "top3", "coverage", "wrong_answers"):
        click.echo(f"{name:15} {report[name]}")
    for name, share in report["out_of_scope"].items():
        click.echo(f"out_of_scope {name:10} {share}")
    _table("per style", report["per_style"])
    _table("per topic", report["per_topic"])
    click.echo("\ntaken for")
    for pair in report["confused"][:20]:
        click.echo(f"  {pair['times']:3} x {pair['meant']} -> {pair['taken_for']}")


def _table(title: str, groups: dict[str, dict[str, Any]]) -> None:
    click.echo(f"\n{title:28} {'n':>5} {'top1':>7} {'top3':>7} {'wrong':>7}")
    for name, group in sorted(groups.items(), key=lambda item: item[1]["top1"]):
        click.echo(f"  {name:26} {group['messages']:5} {group['top1']:7} {group['top3']:7} {group['wrong_answers']:7}")
