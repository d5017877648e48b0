"""The words of `trede person ...`; what they do stands in cli/person.py."""

from pathlib import Path

import click

from cli.command import tell, wired
from cli.wiring import Wiring


@click.group("person")
def person_group() -> None:
    """People whose cases the municipality keeps: client numbers, no names and no BSN."""


@person_group.command("add")
@click.option("--municipality", required=True, help="Slug.")
@click.option("--number", required=True, help="The client number of the municipality's own system.")
@click.option("--perspective", help="werken, werken_aan or meedoen.")
@click.option("--benefit", default="algemeen", show_default=True, help="algemeen, ioaw, ioaz, bbz or none.")
@click.option("--caseworker", help="Login of the caseworker.")
@click.option("--last", "held", multiple=True, help="PROGRAMME=YYYY-MM-DD: the last conversation. May be given twice.")
@wired
def add(
    wiring: Wiring,
    municipality: str,
    number: str,
    perspective: str | None,
    benefit: str,
    caseworker: str | None,
    held: tuple[str, ...],
) -> None:
    """Add one person."""
    from cli import person  # noqa: PLC0415

    told = dict(one.partition("=")[::2] for one in held)
    row = {"client_number": number, "perspective": perspective, "benefit": benefit, "caseworker": caseworker, **told}
    person.add(wiring, municipality, {name: value or "" for name, value in row.items()})


@person_group.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--municipality", required=True, help="Slug.")
@wired
def import_(wiring: Wiring, file: Path, municipality: str) -> None:
    """Add the people in FILE, or none of them. CSV with a head line: client_number, and if known perspective, benefit,
    born_on, caseworker, and for every programme the day of the last conversation (see docs/runbooks/people.md)."""
    from cli import person  # noqa: PLC0415

    person.load(wiring, file, municipality, tell)
