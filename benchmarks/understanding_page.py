"""Writes docs/understanding.md from what was measured, so that no figure in it was typed.

`.venv/bin/python -m benchmarks.understanding_page --report R --classifiers C --leaning L [--training M]
--day YYYY-MM-DD` where R is of `trede evaluate --json tests/nlu/held_back.csv`, C of `nlu/classifiers.py`, L of
`benchmarks/leaning.py`, and M the manifest of the model.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "understanding.md"
CURVE = "curve "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("report", "classifiers", "leaning", "training"):
        parser.add_argument(f"--{name}", type=Path, required=name != "training")
    parser.add_argument("--day", required=True)
    parser.add_argument("--out", type=Path, default=PAGE)
    given = parser.parse_args()
    compared = json.loads(given.classifiers.read_text())
    manifest = json.loads(given.training.read_text()) if given.training else None
    report, leaning = json.loads(given.report.read_text()), json.loads(given.leaning.read_text())
    given.out.write_text(page(report, compared, leaning, manifest, given.day), encoding="utf-8")


def page(
    report: dict[str, Any], compared: Sequence[dict[str, Any]], leaning: dict[str, Any], manifest: Any, day: str
) -> str:
    """The page in Markdown."""
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701
    environment.filters["share"] = lambda value: "–" if value is None else f"{100 * value:.1f} %"
    template = environment.from_string((HERE / "understanding.md.jinja").read_text(encoding="utf-8"))
    return template.render(
        report=report,
        day=day,
        leaning=leaning,
        manifest=manifest,
        curve=[row | {"examples": row["name"].removeprefix(CURVE)} for row in _curve(compared)],
        compared=[row for row in compared if row not in list(_curve(compared))],
        styles=_weakest(report["per_style"]),
        topics=_weakest(report["per_topic"])[:20],
    )


def _curve(compared: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    return (row for row in compared if row["name"].startswith(CURVE))


def _weakest(groups: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    rows = [{"name": name, **group} for name, group in groups.items()]
    return sorted(rows, key=lambda row: (row["top1"], row["name"]))


if __name__ == "__main__":
    main()
