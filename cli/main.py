"""`trede`: every command, its words, and how a mistake is told."""

import sys
from pathlib import Path
from typing import Any

import click

from cli.command import tell, wired
from cli.person_commands import person_group
from cli.user_commands import user_group
from cli.wiring import Wiring


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="trede")
def main() -> None:
    """Trede: de assistent van gemeenten voor mensen in de bijstand."""


PARTS = {
    "run": ("Alles in een proces: de chat, de acties, de klok, Telegram, en Rasa als kind.", None),
    "web": ("Alleen de chat voor bewoners (Rasa via TREDE_RASA_URL).", {"web"}),
    "worker": ("Alleen de klok: opgebleven regels, verzenden, opruimen.", {"worker"}),
    "actions": ("Alleen de acties, voor Rasa op het besloten netwerk.", {"actions"}),
    "telegram": ("Alleen Telegram: ophalen en verzenden.", {"telegram"}),
}


def _add_part(name: str, help_text: str, parts: set[str] | None) -> None:
    @main.command(name, help=help_text)
    @wired
    def start(wiring: Wiring) -> None:
        from cli.run import run  # noqa: PLC0415  the web and Rasa's kit take a second to import

        run(wiring, parts, tell)


for _name, (_help, _parts) in PARTS.items():
    _add_part(_name, _help, _parts)


@main.command("ask")
@click.argument("question")
@click.option("--json", "as_data", is_flag=True, help="The answer as JSON, with sources and figures.")
@click.option("--municipality", help="Slug of the municipality; the first one by default.")
@click.option("--language", default="nl", show_default=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Answer as on this day (YYYY-MM-DD).")
@wired
def ask_command(wiring: Wiring, question: str, as_data: bool, municipality: str | None, language: str, on: Any) -> None:
    """Ask one question and see the answer, its source and its figures."""
    from cli import ask  # noqa: PLC0415

    text = sys.stdin.read() if question == "-" else question
    found = ask.ask(wiring, text, municipality, language, on.date() if on else None)
    if as_data:
        click.echo(ask.as_json(found))
    else:
        ask.show(found)


@main.command("chat")
@click.option("--municipality", help="Slug of the municipality; the first one by default.")
@wired
def chat_command(wiring: Wiring, municipality: str | None) -> None:
    """Talk in the terminal, stored and answered like every other channel."""
    from cli.chat import chat  # noqa: PLC0415

    chat(wiring, municipality, tell)


@main.command("train")
@click.option("--anyway", is_flag=True, help="Let the new model go live in spite of what speaks against it.")
@wired
def train_command(wiring: Wiring, anyway: bool) -> None:
    """Make the understanding out of the content in the database, measure it, and switch to it unless it is worse."""
    from cli.prepare import prepare_database  # noqa: PLC0415
    from cli.publishing import train_now  # noqa: PLC0415
    from cli.run_report import show  # noqa: PLC0415

    prepare_database(wiring, tell)
    sys.exit(0 if show(train_now(wiring, tell, anyway)) else 1)


@main.command("roll-back")
@click.argument("version", required=False)
@click.option("--list", "as_list", is_flag=True, help="The versions that can be gone back to.")
@wired
def roll_back_command(wiring: Wiring, version: str | None, as_list: bool) -> None:
    """Go back to VERSION, a model that was live before."""
    from cli.publishing import go_back_now  # noqa: PLC0415
    from cli.run_report import show, show_versions  # noqa: PLC0415

    if as_list or version is None:
        show_versions(wiring)
        return
    sys.exit(0 if show(go_back_now(wiring, tell, version)) else 1)


@main.command("income")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON, with every reason.")
@wired
def income_command(wiring: Wiring, file: str, as_json: bool) -> None:
    """What work does to an income on bijstand. FILE (or -) holds one situation or a list: see docs/income.md."""
    from cli.income import income  # noqa: PLC0415

    sys.exit(income(wiring, file, as_json))


@main.command("evaluate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_data", is_flag=True)
@wired
def evaluate_command(wiring: Wiring, file: Path, as_data: bool) -> None:
    """Measure the understanding on FILE (CSV: text,topics,style,language)."""
    import json  # noqa: PLC0415

    from cli import evaluate  # noqa: PLC0415

    report = evaluate.evaluate_file(wiring, file)
    if as_data:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        evaluate.show(report)


@main.command("doctor")
@click.option("--json", "as_data", is_flag=True)
@wired
def doctor_command(wiring: Wiring, as_data: bool) -> None:
    """Look whether everything is there and well; says what to do about what is not."""
    from cli.doctor import doctor  # noqa: PLC0415

    sys.exit(0 if doctor(wiring, as_data) else 1)


@main.command("prepare")
@wired
def prepare_command(wiring: Wiring) -> None:
    """Make what has to be there before anything runs: database, content, model. Done once."""
    from cli.prepare import prepare  # noqa: PLC0415

    prepare(wiring, tell)


@main.command("backup")
@click.argument("file")
@wired
def backup_command(wiring: Wiring, file: str) -> None:
    """Write everything that is on record to FILE, which must be new; `-` for standard output."""
    from cli.backup import backup  # noqa: PLC0415

    backup(wiring, file, tell)


@main.command("restore")
@click.argument("file")
@wired
def restore_command(wiring: Wiring, file: str) -> None:
    """Take FILE back into an empty database, of either kind; `-` for standard input."""
    from cli.backup import restore  # noqa: PLC0415

    restore(wiring, file, tell)


@main.group("content")
def content_group() -> None:
    """Topics, answers, examples, municipalities, phrases."""


@content_group.command("check")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@wired
def content_check(wiring: Wiring, folder: Path | None) -> None:
    """Tell everything that is wrong with the content files."""
    from cli.content import check  # noqa: PLC0415

    sys.exit(0 if check(wiring, folder or wiring.settings.content_dir) else 1)


@content_group.command("import")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--overwrite", is_flag=True, help="Also topics and phrases that are there already.")
@click.option("--settings", is_flag=True, help="Also settings of municipalities, over what they filled in themselves.")
@wired
def content_import(wiring: Wiring, folder: Path | None, overwrite: bool, settings: bool) -> None:
    """Read content files into the database."""
    from cli.content import load  # noqa: PLC0415

    load(wiring, folder or wiring.settings.content_dir, overwrite, settings, tell)


@content_group.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@wired
def content_export(wiring: Wiring, folder: Path) -> None:
    """Write the content of the database to files."""
    from cli.content import export  # noqa: PLC0415

    export(wiring, folder)


@main.command("seed")
@click.argument("conversations", type=click.IntRange(1, 1_000_000))
@click.option("--messages", type=click.IntRange(1), help="Together; ten a conversation by default.")
@click.option("--municipality", help="Slug of an example municipality; the first one by default.")
@wired
def seed_command(wiring: Wiring, conversations: int, messages: int | None, municipality: str | None) -> None:
    """Make up CONVERSATIONS in an example municipality, to try and to measure the pages with."""
    from cli.seed import seed  # noqa: PLC0415

    seed(wiring, conversations, messages or 10 * conversations, municipality, tell)


main.add_command(user_group)
main.add_command(person_group)
