"""The only markup of a message: **bold**, and a blank line for a new paragraph. All else is shown as it was typed."""

import re
from pathlib import Path

from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parent / "templates"
"""Pieces of pages that both web doors show."""
BOLD = re.compile(r"\*\*(\S(?:[^*\n]*\S)?)\*\*")


def paragraphs(text: str) -> Markup:
    """HTML of a message. Line breaks within a paragraph are left to the style sheet."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return Markup("").join(Markup("<p>{}</p>").format(_with_bold(block)) for block in blocks if block)


def typed_paragraphs(text: str) -> Markup:
    """HTML of what a person typed: asterisks are asterisks."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return Markup("").join(Markup("<p>{}</p>").format(block) for block in blocks if block)


def _with_bold(text: str) -> Markup:
    # The split puts what stood between the asterisks at the odd places.
    parts = BOLD.split(text)
    return Markup("").join(
        Markup("<strong>{}</strong>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )
