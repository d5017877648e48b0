"""`trede ask`: one question, one answer, with everything behind it."""

import json
from datetime import date
from typing import Any

import click

from cli.prepare import prepare
from cli.understanding import as_parsed, parse_lines
from cli.wiring import Wiring, now
from db.models import Municipality
from services.answer_topic import answer_topic
from services.calendar import day_here
from services.evaluation import Parsed
from services.masking import mask
from services.municipalities import find_municipality, list_municipalities
from services.not_understood import not_understood
from services.phrases import Phrases
from services.tidy import tidy
from services.words import Words


def ask(wiring: Wiring, question: str, slug: str | None, language: str, on: date | None) -> dict[str, Any]:
    """topic (null when it is not sure enough), confidence, alternatives, text, sources, figures."""
    model = prepare(wiring, tell=lambda _line: None)
    line = mask(tidy(question)).text
    raw = parse_lines(model, [line])[0]
    parsed = as_parsed(raw)
    words = answer(wiring, parsed, line, slug, language, on or day_here(now()))
    return {
        "topic": parsed.topic,
        "confidence": parsed.confidence,
        "alternatives": [
            {"topic": one["name"], "confidence": one["confidence"]}
            for one in raw["ranking"]
            if one["name"] != parsed.topic
        ],
        "text": words.text,
        "sources": list(words.sources),
        "figures": [
            {"id": f.id, "value": f.value, "date": f.date, "shown": f.shown, "stale": f.stale} for f in words.figures
        ],
        "buttons": [button.label for button in words.buttons],
        "model": model.version,
    }


def answer(wiring: Wiring, parsed: Parsed, line: str, slug: str | None, language: str, on: date) -> Words:
    with wiring.database.reading() as session:
        towns = list_municipalities(session)
        town: Municipality = find_municipality(session, slug) if slug else towns[0]
        phrases = Phrases(session, town, language)
        if parsed.topic is None:
            return not_understood(session, phrases, parsed.ranking, line, again=False)
        return answer_topic(session, wiring.figures, phrases, parsed.topic, on)


def show(found: dict[str, Any]) -> None:
    """For people: the answer, where it comes from, how sure the understanding was."""
    click.echo(found["text"].replace("**", ""))
    if found["sources"]:
        click.echo("\nBron: " + "; ".join(source["text"] for source in found["sources"]))
    for figure in found["figures"]:
        click.echo(f"  {figure['shown']}  ({figure['id']}, vanaf {figure['date']})")
    click.echo(f"\n[{found['topic'] or 'niet zeker'} {found['confidence']:.2f}]")


def as_json(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)
