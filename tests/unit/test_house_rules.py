"""The rules of the house that a machine can hold: where code may look, how large it is, that nothing is left over."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from actions.server import ACTIONS
from db.models import TopicKind
from services.content.read import Content, read_content
from services.training_material import ACTIONS as OWN_ACTIONS
from services.training_material import FORMS

ROOT = Path(__file__).parents[2]
PRODUCT = ("actions", "benefits", "bot", "cli", "db", "pages", "portal", "services")
MAY_IMPORT = {
    "benefits": set[str](),
    "db": set[str](),
    "services": {"benefits", "db"},
    "actions": {"benefits", "db", "services"},
    "pages": {"db", "services"},
    "bot": {"benefits", "db", "pages", "services"},
    "portal": {"benefits", "db", "pages", "services"},
    "sync": {"benefits", "db", "services"},
    "cli": {"actions", "benefits", "bot", "db", "pages", "portal", "services", "sync"},
}
# Sentences that nothing says yet, each with what will say it.
NOT_YET_SAID = {
    "coming_figures": "telling of a figure before it holds",
    "button_none_of_these": "a last button under the nearest topics",
    "button_stop": "a button under the questions of a form",
    **dict.fromkeys(
        ("contact_hours", "contact_phone", "contact_title", "contact_visit", "contact_website"), "a page of contacts"
    ),
    **dict.fromkeys(
        (
            "choose_other",
            "emergency_note",
            "figure_details",
            "jump_to_latest",
            "language_label",
            "nothing_here_yet",
            "resume_notice",
            "retry",
            "sending",
            "skip_link",
            "today",
        ),
        "parts of the page that were thought of and are not there",
    ),
}


@cache
def files(*folders: str) -> tuple[Path, ...]:
    found = {file for folder in folders for file in (ROOT / folder).rglob("*.py") if (ROOT / folder).is_dir()}
    return tuple(sorted(file for file in found if not {".venv", "__pycache__"} & set(file.parts)))


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imported(file: Path) -> Iterator[str]:
    """First names of everything a file imports, also inside its functions."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def told(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def content() -> Content:
    return read_content(ROOT / "content")


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_nothing_imports_upward_and_doors_do_not_import_each_other(folder: str) -> None:
    ours = {*MAY_IMPORT, "nlu", "tests"}
    wrong = {
        told(file): bad
        for file in files(folder)
        if (bad := (set(imported(file)) & ours) - MAY_IMPORT[folder] - {folder})
    }

    assert wrong == {}


def test_nothing_of_ours_is_pickled() -> None:
    wrong = [told(file) for file in files(*PRODUCT) if {"pickle", "joblib", "dill", "shelve"} & set(imported(file))]

    assert wrong == []


def test_no_file_is_over_300_lines() -> None:
    assert [told(file) for file in files(*PRODUCT) if len(file.read_text().splitlines()) > 300] == []


def test_no_function_is_over_40_lines() -> None:
    long = [
        f"{told(file)}: {node.name}"
        for file in files(*PRODUCT)
        if "versions" not in file.parts
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]

    assert long == []


def test_no_file_is_a_drawer_for_everything() -> None:
    drawers = {"utils.py", "helpers.py", "common.py", "manager.py", "misc.py"}

    assert [told(file) for file in files(*PRODUCT, "tests") if file.name in drawers] == []


def test_every_file_says_what_it_is_for() -> None:
    empty_or_told = [
        told(f)
        for f in files(*PRODUCT)
        if f.read_text().strip() and "versions" not in f.parts and not ast.get_docstring(tree(f))
    ]

    assert empty_or_told == []


def test_every_setting_stands_in_the_docs_and_every_setting_there_exists() -> None:
    code = "".join(file.read_text() for file in files("cli", "nlu"))
    read = set(re.findall(r'"((?:TREDE_[A-Z_]+)|PORT)"', code)) - {"TREDE_"}
    written = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"\b(TREDE_[A-Z_]+)\b", written))

    assert {name for name in read if name.removesuffix("_FILE") not in written} == set()
    assert {name for name in documented if name.removesuffix("_FILE") not in read} <= {"TREDE_"}


def test_settings_are_read_from_the_environment_in_one_place() -> None:
    # The others pass it on to a child, or set what a library reads.
    allowed = {
        "cli/settings.py",
        "cli/install.py",
        "cli/probe.py",
        "cli/rasa_environment.py",
        "bot/channels/telegram/connect.py",
    }
    reading = {told(file) for file in files(*PRODUCT) if re.search(r"os\.environ|getenv", file.read_text())}

    assert reading <= allowed


@cache
def speaking_code() -> tuple[str, ...]:
    """The text of everything that can say a sentence: code and templates."""
    speaking = [*files("actions", "bot", "cli", "services"), *sorted((ROOT / "bot").rglob("*.html"))]
    return tuple(file.read_text(encoding="utf-8") for file in speaking)


def test_every_sentence_that_code_says_exists() -> None:
    asked = {key for text in speaking_code() for key in re.findall(r"""\bsay\(\s*["']([a-z0-9_.]+)["']""", text)}

    assert len(asked) > 30
    assert asked - set(content().phrases) == set()


def test_every_sentence_is_said_somewhere() -> None:
    said = {key for text in speaking_code() for key in re.findall(r"""["']([a-z0-9_.]+)["']""", text)}
    by_part = (
        "checklist.",
        "checklist_term.",
        "calculation_left_out.",
        "local.",
        "not_told.",
        "meeting.",
        "effort_kind.",
        "income_step.",
        "income_talk.",
        "income_warning.",
        "language_words.",
        "reminder_kind.",
        "report_change.",
        "privacy_",
        "accessibility_",
    )
    left = {key for key in content().phrases if key not in said and not key.startswith(by_part)}

    assert left - set(NOT_YET_SAID) == set(), "nothing says these: remove them, or tell why they wait"
    assert set(NOT_YET_SAID) - left == set(), "these are said now or gone: take them off the list"


def test_every_task_has_an_answer_and_what_is_more_than_an_answer_has_its_action() -> None:
    tasks = {topic.id for topic in content().topics if topic.kind is TopicKind.TASK}
    names = {action.action_name for action in ACTIONS if hasattr(action, "action_name")}

    assert all(topic.answers for topic in content().topics)
    assert set(OWN_ACTIONS) | {form["topic"] for form in FORMS} <= tasks
    assert {*OWN_ACTIONS.values(), *(form["then"] for form in FORMS)} <= names
    assert {f"action_ask_{form['slot']}" for form in FORMS} <= names


def test_every_label_on_a_button_fits() -> None:
    buttons = {
        key: text for key, text in content().phrases.items() if key.startswith("button_") or key.endswith(".label")
    }

    assert buttons
    assert [key for key, text in buttons.items() if max(len(text.nl), len(text.en or "")) > 25] == []


def test_migrations_are_numbered_and_follow_each_other() -> None:
    versions = sorted((ROOT / "db" / "migrations" / "versions").glob("*.py"))
    revisions = [re.search(r'^revision = "(\d{4})"', file.read_text(), re.MULTILINE) for file in versions]
    before = [re.search(r'^down_revision = (?:"(\d{4})"|None)', file.read_text(), re.MULTILINE) for file in versions]

    assert [found and found[1] for found in revisions] == [f"{n:04}" for n in range(1, len(versions) + 1)]
    assert [found and found[1] for found in before] == [None, *(f"{n:04}" for n in range(1, len(versions)))]


def test_templates_escape_everything() -> None:
    templates = sorted(file for door in ("bot", "pages", "portal") for file in (ROOT / door).rglob("*.html"))
    loose = re.compile(r"\|\s*safe\b|autoescape\s+false")

    assert templates
    assert [told(file) for file in templates if loose.search(file.read_text(encoding="utf-8"))] == []


def written_files() -> Iterator[Path]:
    folders = (*PRODUCT, "tests", "docs", "content", "nlu")
    for folder in folders:
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in {".py", ".md", ".yaml", ".yml", ".toml", ".html", ".js"} and ".venv" not in file.parts:
                yield file
    yield from (file for file in ROOT.glob("*") if file.suffix in {".md", ".toml", ".yml"} or file.name == "Makefile")


def test_no_file_names_a_machine_or_holds_a_token() -> None:
    machine = re.compile(
        r"/(?:home|root|Users|work)/[a-z]|\b\d{8,10}:AA[\w-]{33}\b|BEGIN (?:RSA )?PRIVATE KEY|\.\./shared"
    )
    wrong = {
        told(file): found[0]
        for file in written_files()
        if file != Path(__file__) and (found := machine.search(file.read_text(encoding="utf-8")))
    }

    assert wrong == {}


def test_links_in_the_docs_lead_somewhere() -> None:
    pages = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
    broken = [
        f"{told(page)}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not link.startswith(("http", "mailto:")) and not (page.parent / link).exists()
    ]

    assert len(pages) > 1
    assert broken == []


def test_content_files_are_plain_yaml_of_utf8() -> None:
    for file in (ROOT / "content").rglob("*.yaml"):
        assert isinstance(yaml.safe_load(file.read_text(encoding="utf-8")), dict), told(file)
