"""The content with half of its topics: publishing works the same, and a training takes half of the time."""

import csv
import shutil
from pathlib import Path

import yaml

from tests.e2e.installation import ROOT

CONTENT = ROOT / "content"
KEPT = ("elders", "plichten", "taken", "vermogen")
"""Folders of topics. Those of elsewhere are among them: how many strays are answered is judged too."""
BESIDES = ("work_income_effect",)
FAILED_BEFORE = "mijn cryptomunten zijn gestegen"
SIX = (
    "ik heb cryptomunten, telt dat mee",
    "mijn cryptomunten zijn 4000 euro waard",
    "moet ik mijn cryptomunten opgeven als spaargeld",
    "hoeveel cryptomunten mag ik hebben naast de bijstand",
    "cryptomunten en uitkering",
    "een portemonnee met cryptomunten, is dat vermogen",
)
"""Examples for wealth_limit; after training with them the line above is understood."""


def write_few_topics(folder: Path) -> Path:
    """A content folder of its own; the held-back messages of the topics that stay go along."""
    shutil.copytree(CONTENT, folder, ignore=shutil.ignore_patterns("topics", "held_back.csv"))
    kept = [file for file in CONTENT.glob("topics/*/*.yaml") if file.parent.name in KEPT or file.stem in BESIDES]
    names = {file.stem for file in kept}
    for file in kept:
        topic = yaml.safe_load(file.read_text(encoding="utf-8"))
        topic["follow_up"] = [name for name in topic.get("follow_up", ()) if name in names]
        target = folder / file.relative_to(CONTENT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.safe_dump(topic, allow_unicode=True, sort_keys=False), encoding="utf-8")
    _write_held_back(folder, names)
    return folder


def _write_held_back(folder: Path, names: set[str]) -> None:
    with (CONTENT / "held_back.csv").open(encoding="utf-8", newline="") as all_of_them:
        reader = csv.DictReader(all_of_them)
        rows = [row for row in reader if names.issuperset(row["topics"].split("|"))]
        fields = reader.fieldnames or ()
    with (folder / "held_back.csv").open("w", encoding="utf-8", newline="") as fewer:
        writer = csv.DictWriter(fewer, fields)
        writer.writeheader()
        writer.writerows(rows)
