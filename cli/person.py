"""`trede person ...`: people of whom the municipality keeps a case, out of its own system."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from cli.prepare import prepare_database
from cli.wiring import Wiring, now
from services.audit import note
from services.municipalities import find_municipality
from services.people.import_rows import ImportWrong, import_people

type Tell = Callable[[str], None]


def add(wiring: Wiring, slug: str, row: Mapping[str, str]) -> None:
    """What cannot be read is told by its name; there is no line that it stands on."""
    try:
        _keep(wiring, slug, list(row), iter([(1, row)]), lambda _line: None)
    except ImportWrong as error:
        raise ImportWrong(str(error).replace("line 1: ", "")) from None
    click.echo(f"{row['client_number']} is toegevoegd.")


def load(wiring: Wiring, file: Path, slug: str, tell: Tell) -> None:
    """All of them or none: a file that was mended can be read again as a whole."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened, dialect=_dialect(opened.readline()), restkey="?", restval="")
            opened.seek(0)
            added = _keep(wiring, slug, rows.fieldnames or [], _lines(rows), tell)
    except UnicodeDecodeError:
        raise ImportWrong(f"{file.name} is not UTF-8: save it as 'CSV UTF-8'; nobody was added.") from None
    except csv.Error as error:
        raise ImportWrong(f"{file.name}: {error}; nobody was added.") from None
    click.echo(f"{added} mensen toegevoegd.")


def _keep(
    wiring: Wiring, slug: str, names: Sequence[str], rows: Iterator[tuple[int, Mapping[str, str]]],
    tell: Tell,
) -> int:  # fmt: skip
    prepare_database(wiring, lambda _line: None)
    moment = now()
    with wiring.database.writing() as session:
        town = find_municipality(session, slug)
        added = import_people(session, town, names, rows, moment, lambda number: tell(f"{number} gelezen"))
        note(session, town.id, None, "import_people", None, moment, by="terminal", added=added)
        return added


def _dialect(head: str) -> type[csv.Dialect]:
    """Dutch spreadsheets write semicolons."""
    return SemicolonDialect if head.count(";") > head.count(",") else csv.excel


class SemicolonDialect(csv.excel):
    delimiter = ";"


def _lines(rows: "csv.DictReader[str]") -> Iterator[tuple[int, Mapping[str, str]]]:
    for row in rows:
        if "?" in row:
            raise ImportWrong(f"line {rows.line_num}: has more columns than the head; nobody was added.")
        if any(value.strip() for value in row.values()):
            yield rows.line_num, {name.strip(): value for name, value in row.items()}
