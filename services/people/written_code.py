"""How a linking code is written: eight characters that nobody confuses, and how it is found in what people type.

The alphabet is Crockford's base32: without I, L, O and U. Either half of a code has a digit from 2 to 9 and a letter
that is read as nothing else. No word and no year is written like that, so a code is recognised, and hidden, wherever it
stands.
"""

import re
import secrets
from dataclasses import dataclass

DIGITS, LETTERS = "23456789", "ABCDEFGHJKMNPQRSTVWXYZ"
ALPHABET = f"01{DIGITS}{LETTERS}"
HALF = 4
READ_AS = str.maketrans("oOiIlL", "001111")
BETWEEN = r"[ \u00a0\u202f]?[-\u2010-\u2015_.:/]?[ \u00a0\u202f]?"
"""What people put between the parts."""
ONE = r"[0-9A-Za-z]"
GROUPS = (
    rf"{ONE}{{4}}{BETWEEN}{ONE}{{4}}",
    rf"{ONE}{{2}}(?:{BETWEEN}{ONE}{{2}}){{3}}",
    rf"{ONE}(?:{BETWEEN}{ONE}){{7}}",
)
WRITTEN = tuple(re.compile(rf"(?<![\w\-])(?:{group})(?![\w\-])") for group in GROUPS)
NOT_SIGNS = re.compile(r"[^0-9A-Za-z]")
ALMOST = range(6, 12)
"""Signs. Who was asked for a code and types about so many has tried one."""


@dataclass(frozen=True)
class WrittenCode:
    """A code as it stands in a line, and as it is looked up."""

    begins: int
    ends: int
    code: str


def new_code() -> str:
    """Eight characters, as they are looked up."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(2 * HALF))
        if _looks_like_one(code):
            return code


def shown(code: str) -> str:
    """`4K7M-2QXD`"""
    return f"{code[:HALF]}-{code[HALF:]}"


def find_code(line: str, asked: bool = False) -> WrittenCode | None:
    """The first code in a line. `asked`: the line answers the question for a code, so that what is nearly one counts
    as a try too: it is as secret."""
    for pattern in WRITTEN:
        for found in pattern.finditer(line):
            code = _plain(found[0])
            if _looks_like_one(code):
                return WrittenCode(found.start(), found.end(), code)
    return _nearly(line) if asked else None


def _nearly(line: str) -> WrittenCode | None:
    """A line of one or two words that is nothing but signs, with letters and digits among them."""
    words = line.split()
    code = _plain(line)
    mixed = re.search(r"\d", code) and re.search("[A-Z]", code)
    if (
        not mixed
        or len(code) not in ALMOST
        or len(words) > HALF
        or any(word.isalpha() and len(word) > HALF for word in words)
    ):
        return None
    return WrittenCode(0, len(line), code)


def _plain(written: str) -> str:
    return NOT_SIGNS.sub("", written).translate(READ_AS).upper()


def _looks_like_one(code: str) -> bool:
    """Either half has a digit and a letter that are read as nothing else."""
    halves = code[:HALF], code[HALF:]
    return all(set(half) & set(DIGITS) and set(half) & set(LETTERS) for half in halves)
