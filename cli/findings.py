"""What an examination finds, and how it is told."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import click

MARKS = {True: "goed", False: "FOUT", None: ""}


@dataclass(frozen=True)
class Finding:
    """`well`: True, False, or None for what is worth knowing but no trouble."""

    what: str
    well: bool | None
    told: str


def show(findings: Sequence[Finding], as_data: bool) -> None:
    if as_data:
        click.echo(json.dumps([vars(finding) for finding in findings], ensure_ascii=False, indent=2))
        return
    for finding in findings:
        click.echo(f"{MARKS[finding.well]:5} {finding.what:12} {finding.told}")


def in_time(seconds: float) -> str:
    """`40 s`, `5 min`, `3 uur`, `2 dagen`: as much as somebody who looks needs."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 2 * 3600:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} uur" if seconds < 48 * 3600 else f"{seconds / 86400:.0f} dagen"
