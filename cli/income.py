"""`trede income FILE`: what work does to an income, for one situation or a list of them."""

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
from babel.numbers import format_decimal

from benefits.errors import ScenarioWrong
from benefits.exact_yaml import read_yaml
from benefits.income.as_data import Say, as_data
from benefits.income.document import DOCUMENT, read_document
from benefits.income.effect import income_effect
from benefits.income.law import IncomeLaw, income_law
from benefits.income.outcome import Outcome
from benefits.income.read_scenario import read_scenario
from cli.wiring import Wiring, now
from services.calendar import day_here, in_words
from services.phrases import put_values

REFUSED = 2
Answer = dict[str, Any]


def income(wiring: Wiring, file: str, as_json: bool) -> int:
    """Prints the outcome; returns the exit status: 2 when a situation was refused. A list gives a list."""
    law, say, today = income_law(wiring.figures), sentences(wiring.settings.content_dir), day_here(now())
    try:
        content = read_document(_text(file))
    except ScenarioWrong as error:
        return _print(_refused(error), as_json)
    if isinstance(content, list):
        return _print([answer(one, today, law, say) for one in content], as_json)
    return _print(answer(content, today, law, say), as_json)


def answer(content: object, today: date, law: IncomeLaw, say: Say) -> Answer:
    """The outcome as data, or what is wrong and where."""
    try:
        scenario = read_scenario(content, today, law)
    except ScenarioWrong as error:
        return _refused(error)
    outcome: Outcome = income_effect(law, scenario)
    return {"on": scenario.on.isoformat()} | as_data(outcome, say)


def sentences(content_dir: Path) -> Say:
    """The words of a calculation in Dutch, straight from the content files: this needs no database."""
    texts = read_yaml(content_dir / "phrases" / "income.yaml")

    def say(key: str, **values: str) -> str:
        text = texts[key]["nl"] if isinstance(texts, Mapping) else key
        return put_values(text, values)

    return say


def _text(file: str) -> str:
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ScenarioWrong(DOCUMENT, "is not text in UTF-8") from None
    except OSError as error:
        raise ScenarioWrong(DOCUMENT, f"{file} cannot be read ({error.strerror})") from None


def _refused(error: ScenarioWrong) -> Answer:
    return {"error": str(error), "key": error.key}


def _print(answers: Answer | list[Answer], as_json: bool) -> int:
    all_answers = answers if isinstance(answers, list) else [answers]
    refused = [one["error"] for one in all_answers if "error" in one]
    if as_json:
        click.echo(json.dumps(answers, ensure_ascii=False, indent=2))
    else:
        click.echo(
            "\n\n".join(table(one) for one in all_answers if "error" not in one), nl=len(refused) < len(all_answers)
        )
    for number, one in enumerate(all_answers, 1):
        if "error" in one:
            place = f"situation {number}: " if isinstance(answers, list) else ""
            click.echo(f"trede: {place}{one['error']}", err=True)
    return REFUSED if refused else 0


def table(found: Answer) -> str:
    """For people: now beside then, what to mind, and how each amount came about."""
    rows = [
        ("Nettoloon", "0.00", found["net_wage"]),
        ("Bijstand, zonder vakantiegeld", found["norm_excl_vt"], found["top_up"]),
        ("Zorgtoeslag", found["zorgtoeslag_before"], found["zorgtoeslag_after"]),
        ("Huurtoeslag", found["huurtoeslag_before"], found["huurtoeslag_after"]),
        ("Kindgebonden budget", found["kindgebonden_budget_before"], found["kindgebonden_budget_after"]),
        ("Verschil per maand", "", found["difference"]),
    ]
    hours = found["hours_to_leave"]
    stops = "Bijstand stopt niet binnen 60 uur." if hours is None else f"Bijstand stopt bij {hours} uur per week."
    day = in_words(date.fromisoformat(found["on"]), "nl")
    return "\n".join(
        [
            f"{'Per maand, op ' + day:<40}{'zonder':>12}{'met werk':>12}",
            *(f"{name:<40}{_euros(before):>12}{_euros(after):>12}" for name, before, after in rows),
            "",
            *([stops] if found["exemptions"] else []),
            *(f"Let op: {caution['sentence']}" for caution in found["warnings"]),
            "",
            *(_line(reason) for reason in found["reasons"]),
            "",
            f"Schatting, geen beschikking. Regels {found['rules_version']}.",
        ]
    )


def _line(reason: Answer) -> str:
    moment = {"before": ", zonder werk", "after": ", met werk"}.get(reason.get("moment", ""), "")
    person = f", persoon {reason['person'] + 1}" if reason.get("person") else ""
    shown = reason["amount"] if reason["step"] == "hours_to_leave" else _euros(reason["amount"])
    return f"{shown:>12}  {reason['what']}{person}{moment} ({reason['article']})"


def _euros(amount: str | None) -> str:
    if amount is None:
        return "niet bekend"
    return format_decimal(amount, "#,##0.00", locale="nl") if amount else ""
