"""Make a line fit to be read and stored: no control characters, no hidden direction marks, no endless text."""

import re
import unicodedata

READ_AT_MOST = 1_000
"""Characters of a line that the understanding reads: a long story fits in it."""
KEEP_AT_MOST = 5_000
"""Characters of a line that are kept."""
# Marks that turn the direction of text or have no width: harmless in a name, dangerous in a transcript.
HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def tidy(line: str) -> str:
    """The line as it is kept: NFC, without control and hidden characters, white space folded, cut at KEEP_AT_MOST."""
    # A joiner inside an emoji is no loss; inside Persian words a space is a kinder stand-in than nothing.
    visible = unicodedata.normalize("NFC", HIDDEN.sub("", line.replace("\u200c", " ")))
    kept = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in visible)
    folded = re.sub(r"[^\S\n]+", " ", kept)
    return re.sub(r" ?\n[ \n]*", "\n", folded).strip()[:KEEP_AT_MOST].strip()


def has_words(line: str) -> bool:
    """Whether there is a letter or a digit in it: emoji and dashes alone cannot be understood."""
    return any(unicodedata.category(c)[0] in "LN" for c in line)
