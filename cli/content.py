"""`trede content ...`"""

from collections.abc import Callable
from pathlib import Path

import click

from cli.checked import checked, usable
from cli.prepare import prepare_database
from cli.wiring import Wiring
from services.content.export import export_content
from services.content.store import import_content
from services.errors import ContentError


def check(wiring: Wiring, folder: Path) -> bool:
    try:
        content = checked(wiring, folder)
    except ContentError as error:
        faults = str(error).splitlines()
        click.echo("\n".join([*faults, f"{len(faults)} fouten"]), err=True)
        return False
    examples = sum(len(topic.examples.nl) + len(topic.examples.en) for topic in content.topics)
    click.echo(f"{len(content.topics)} onderwerpen, {examples} voorbeelden, {len(content.phrases)} zinnen: in orde")
    return True


def load(wiring: Wiring, folder: Path, overwrite: bool, settings: bool, tell: Callable[[str], None]) -> None:
    prepare_database(wiring, tell)
    content = usable(wiring, folder)
    with wiring.database.writing() as session:
        imported = import_content(session, content, overwrite, settings)
    click.echo(
        f"{imported.topics} onderwerpen ingelezen, {imported.kept} stonden er al, "
        f"{imported.municipalities} gemeenten, {imported.phrases} zinnen"
    )


def export(wiring: Wiring, folder: Path) -> None:
    with wiring.database.reading() as session:
        number = export_content(session, folder)
    click.echo(f"{number} bestanden geschreven naar {folder}")
