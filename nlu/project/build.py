"""Writes the files of the project into a folder, by a YAML serialiser: a text can never become structure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from project.config import config, endpoints
from project.domain import domain
from project.material import Material
from project.rules import rules

ACTIONS_URL = "http://127.0.0.1:5055/webhook"

# In an example Rasa reads [word](entity) and backslashes; for us they are only characters.
_MARKS = re.compile(r"[\[\]{}\\]")


def build(material: Material, folder: Path) -> None:
    """nlu.yml, rules.yml, domain.yml, config.yml and endpoints.yml, in `folder`, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        "nlu.yml": nlu(material),
        "rules.yml": {"version": "3.1", "rules": rules(material)},
        "domain.yml": domain(material),
        "config.yml": config(),
        "endpoints.yml": endpoints(ACTIONS_URL),
    }
    for name, content in contents.items():
        with (folder / name).open("w", encoding="utf-8") as file:
            _writer().dump(content, file)


def nlu(material: Material) -> dict[str, Any]:
    """Rasa's training examples: one text a topic, an example a line, each behind a dash.

    Rasa reads YAML twice and slowly: with an entry for every example that took longer than learning from them."""
    return {
        "version": "3.1",
        "nlu": [
            {"intent": topic.id, "examples": "".join(f"- {one_line(text)}\n" for text in topic.examples)}
            for topic in material.topics
        ],
    }


def one_line(text: str) -> str:
    """An example on one line and without Rasa's marks; normalising drops those characters anyhow."""
    return " ".join(_MARKS.sub(" ", text).split())


def _writer() -> YAML:
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 4096
    return writer
