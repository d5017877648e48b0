"""How a linking code is written: eight characters that nobody confuses, and how one is found in what people type.

The alphabet is Crockford's base32: without I, L, O and U. Either half of a code has a digit from 2 to 9 and a letter
that is read as nothing else. No word and no year is written like that, so a code is recognised, and hidden, wherever it
stands.
"""

import re
import secrets

DIGITS, LETTERS = frozenset("23456789"), frozenset("ABCDEFGHJKMNPQRSTVWXYZ")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HALF = 4
READ_AS = str.maketrans("oOiIlL", "001111")
BETWEEN = r"(?:[ \u00a0\u202f]?[-\u2010-\u2015_.:/][ \u00a0\u202f]?|[ \u00a0\u202f]{1,2})"
"""What people put between the parts."""
ONE = "[0-9A-Za-z]"
IN_HALVES = re.compile(rf"(?<![\w-]){ONE}{{4}}{BETWEEN}?{ONE}{{4}}(?![\w-])")
NO_PIECE = r"(?!(?:is|in|de|en|om|ik|er|op|ja|nu|it|my|to|at)\b)"
IN_PIECES = re.compile(
    rf"(?<![\w-])(?:{NO_PIECE}{ONE}{{2}}(?:{BETWEEN}{ONE}{{2}}){{3}}|{ONE}(?:{BETWEEN}{ONE}){{7}})(?![\w-])",
    re.IGNORECASE,
)
"""Two by two or one by one, as it is read out: only where a code is spoken of."""
SPEAKS_OF_CODE = re.compile(r"[ck]ode", re.IGNORECASE)
NEAR = 80
NEARLY, MOST_PIECES, LONGEST_WORD = range(7, 10), 8, 2


def new_code() -> str:
    """Eight characters, as they are looked up."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(2 * HALF))
        if _like_one(code):
            return code


def shown(code: str) -> str:
    """`4K7M-2QXD`"""
    return f"{code[:HALF]}-{code[HALF:]}"


def plain(written: str) -> str:
    """As it is looked up: whatever the case, and whatever stands between; O is a nought, I and L are a one."""
    return re.sub(r"[^0-9A-Z]", "", written.translate(READ_AS).upper())


def in_halves(found: re.Match[str]) -> int:
    """How much of what was found is a code: all of it, or nothing."""
    return len(found[0]) if _like_one(plain(found[0])) else 0


def in_pieces(found: re.Match[str]) -> int:
    near = found.string[max(0, found.start() - NEAR) : found.end() + NEAR]
    return in_halves(found) if SPEAKS_OF_CODE.search(near) else 0


def nearly_code(line: str) -> bool:
    """Whether a line that answers the question for a code is a try: letters and digits, about eight, and no words.

    Of a code with one character wrong as much is secret as of the right one.
    """
    pieces, code = re.findall(r"[^\W_]+", line), plain(line)
    if len(code) not in NEARLY or len(pieces) > MOST_PIECES or not code.isalnum():
        return False
    if len(code) == 2 * HALF and _like_one(code):
        return True  # three by three a piece may have letters only
    if any(piece.isalpha() and len(piece) > LONGEST_WORD for piece in pieces):
        return False
    return sum(sign.isdigit() for sign in code) > 1 and any(sign in LETTERS for sign in code)


def _like_one(code: str) -> bool:
    """Either half has a digit and a letter that are read as nothing else."""
    halves = code[:HALF], code[HALF:]
    return all(DIGITS & set(half) and LETTERS & set(half) for half in halves)
