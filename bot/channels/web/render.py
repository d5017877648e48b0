"""Templates, and the words and colours that every page needs."""

import secrets
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.web.assets import ASSETS
from bot.channels.web.theme import theme_path
from pages.markup import TEMPLATES as SHARED
from pages.markup import paragraphs
from services.phrases import Phrases

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["paragraphs"] = paragraphs
    environment.globals["asset"] = ASSETS.path
    environment.globals["nonce"] = lambda: secrets.token_urlsafe(16)
    return environment


def render(template: str, phrases: Phrases, **values: Any) -> str:
    """A page or a piece of one, in the words of one municipality."""
    return (
        _environment()
        .get_template(template)
        .render(
            say=phrases.say,
            language=phrases.language,
            town=phrases.municipality,
            theme=theme_path(phrases.municipality),
            **values,
        )
    )
