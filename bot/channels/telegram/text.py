"""Our text as Telegram takes it: plain words, with the bold parts pointed out beside them.

Nothing is parsed at the other side, so there is nothing to escape and nothing that a resident's words could start.
"""

import re
from dataclasses import dataclass

LONGEST = 4096
"""What Telegram takes in one message, counted as it counts: in UTF-16 units."""
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """One message; `bold` are places (offset, length) in UTF-16 units."""

    text: str
    bold: tuple[tuple[int, int], ...] = ()


def pieces(marked: str, longest: int = LONGEST) -> list[Piece]:
    """Cut where a reader would: between paragraphs, lines, words. Nothing but white space is lost."""
    return [_piece(part) for part in _cut(marked.strip(), longest)]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _piece(marked: str) -> Piece:
    plain, bold, end = "", [], 0
    for found in BOLD.finditer(marked):
        plain += marked[end : found.start()]
        bold.append((units(plain), units(found.group(1))))
        plain += found.group(1)
        end = found.end()
    return Piece(plain + marked[end:], tuple(bold))


def _cut(text: str, longest: int) -> list[str]:
    parts = []
    while units(text) > longest:
        place = _place(text, longest)
        parts.append(text[:place].rstrip())
        text = text[place:].lstrip()
    return [*parts, text]


def _place(text: str, longest: int) -> int:
    """The last good place to cut within `longest` units, not too near the beginning."""
    most = len(text.encode("utf-16-le")[: longest * 2].decode("utf-16-le", "ignore"))
    for between in ("\n\n", "\n", " "):
        place = text.rfind(between, most // 2, most)
        if place > 0:
            return place
    return most
