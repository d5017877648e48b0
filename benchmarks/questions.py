"""Real questions of residents, in Dutch, of which the model says that a topic answers them."""

import csv
import json
import random
import subprocess

from sqlalchemy import select

from benchmarks.ground import Ground
from cli.rasa_environment import NLU, PYTHON
from cli.settings import ROOT
from db.models import Topic, TopicKind

HELD_BACK = ROOT / "content" / "held_back.csv"
SEED = 20261123


def questions(ground: Ground) -> list[str]:
    """In an order that is the same every time. Both sides get the same ones."""
    with HELD_BACK.open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file) if row["language"] == "nl"]
    with ground.wiring.database.reading() as session:
        answered = set(session.scalars(select(Topic.name).where(Topic.kind == TopicKind.FAQ)))
    chosen = [text for text, topic in zip(texts, _topics(ground, texts), strict=True) if topic in answered]
    random.Random(SEED).shuffle(chosen)
    return chosen


def _topics(ground: Ground, texts: list[str]) -> list[str]:
    command = [str(PYTHON), str(NLU / "parse.py"), "--model", str(ground.model.file)]
    said = subprocess.run(command, input=json.dumps({"texts": texts}), capture_output=True, text=True, check=True)
    return [parse["topic"] for parse in json.loads(said.stdout)["parses"]]
