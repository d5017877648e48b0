"""Hide personal data in a line before anything else sees it.

BSN, IBAN, phone numbers, e-mail addresses and linking codes are replaced by a word between brackets; what was there is
kept nowhere.
Names are not found this way: the privacy statement says so.
"""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from stdnum import iban
from stdnum.nl import bsn

from services.people.written_code import IN_HALVES, IN_PIECES, in_halves, in_pieces

SPACE = "[ \u00a0\u202f]"
SEPARATOR = f"(?:{SPACE}?[.\\-/]{SPACE}?|{SPACE})?"

EMAIL = re.compile(
    r"[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w\-]{1,63}(?:\.[\w\-]{1,63}){0,3}\.[^\W\d_]{2,24}", re.IGNORECASE
)
DUTCH_IBAN = re.compile(rf"\bNL{SEPARATOR}\d{{2}}(?:{SEPARATOR}[A-Z]){{4}}(?:{SEPARATOR}\d){{10}}(?!\d)", re.IGNORECASE)
# Too long rather than too short: the words after the number are given back.
OTHER_IBAN = re.compile(rf"\b[A-Z]{{2}}{SPACE}?\d{{2}}(?:[ \u00a0.\-]?[A-Z0-9]){{11,30}}", re.IGNORECASE)
SHORTEST_IBAN = 15
CODE = "koppelcode"
APART = 0xF0000
"""Characters from here on are nobody's, and no tidy line holds them."""
# 0800 and 0900 numbers belong to organisations, not to persons.
PHONE = re.compile(
    rf"(?<![\w,.])\(?(?:(?:\+|00)31{SEPARATOR}(?:\(0\))?{SEPARATOR}|0(?![89]00))"
    rf"[1-9](?:{SEPARATOR}\d){{0,2}}\)?(?:{SEPARATOR}\d){{6,8}}(?!\d)"
)
FOREIGN_PHONE = re.compile(r"(?<!\w)(?:\+|00)(?!31)[1-9](?:[ \-.]?\d){8,13}(?!\d)")
DAY, MONTH, YEAR = "(?:0?[1-9]|[12]\\d|3[01])", "(?:0?[1-9]|1[0-2])", "(?:19|20)\\d\\d"
SIGN = r"[ .\-/]"
DATE = re.compile(rf"(?<!\d)(?:{DAY}{SIGN}{MONTH}{SIGN}{YEAR}|{YEAR}{SIGN}{MONTH}{SIGN}{DAY})(?!\d)")
HOURS = re.compile(r"(?<!\d)[012]?\d[.:][0-5]\d ?[\-/ ] ?[012]?\d[.:][0-5]\d")
DATE_WITHOUT_SIGNS = re.compile(rf"{DAY}{MONTH}{YEAR}|{YEAR}{MONTH}{DAY}")
NUMBER = re.compile(rf"(?<![\d,.€/])\d(?:{SEPARATOR}\d){{7,8}}(?!\d|[,.]\d|{SPACE}?%)")
# How people write nine digits in groups. Other groups are amounts, dates and hours that happen to stand together.
GROUPS = {(9,), (3, 3, 3), (4, 2, 3), (4, 5), (5, 4), (3, 6), (6, 3), (2, 2, 2, 3), (3, 2, 2, 2), (2, 3, 4), (1,) * 9}
SAYS_BSN = re.compile(
    r"(?<!\[)\b(?:bsn|burger ?service ?(?:nummer|nr)?|sofi ?(?:nummer|nr)?|citizen (?:service )?number)"
    r"\W{0,3}(?:[^\W\d]{1,8}\W{1,3}){0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Masked:
    """A line without personal data, and which kinds were hidden."""

    text: str
    kinds: tuple[str, ...]


def mask(line: str, keep: Collection[str] = ()) -> Masked:
    """Replace personal data by `[bsn]`, `[rekeningnummer]`, `[telefoonnummer]`, `[e-mailadres]`, `[koppelcode]`; `keep`
    may stand."""
    return _mask(line, keep)[0]


def phone_in(line: str) -> str | None:
    """The first phone number in a line, in plain digits as it was typed."""
    found = _mask(line, ("telefoonnummer",))[1]
    return found[0] if found else None


def code_in(line: str) -> str | None:
    """The first linking code in a line, as it was typed."""
    found = _mask(line, (CODE,))[1]
    return found[0] if found else None


def _mask(line: str, keep: Collection[str]) -> tuple[Masked, list[str]]:
    """Without what has to be hidden; and what may stand. That is set apart meanwhile, so that the digits of a phone
    number are not taken for a BSN."""
    text, hidden, kept = _plain_digits(line), list[str](), list[str]()

    def word(kind: str, shown: str) -> str:
        (kept if kind in keep else hidden).append(shown if kind in keep else kind)
        return chr(APART + len(kept) - 1) if kind in keep else f"[{kind}]"

    for kind, pattern, length in RULES:
        text = _replace(text, pattern, length, partial(word, kind))
    for place, shown in enumerate(kept):
        text = text.replace(chr(APART + place), shown)
    return Masked(text, tuple(dict.fromkeys(hidden))), kept


def _plain_digits(line: str) -> str:
    """The digits of Arabic, Persian and other scripts as 0 to 9."""
    return line if line.isascii() else "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in line)


def _replace(
    text: str, pattern: re.Pattern[str], length: Callable[[re.Match[str]], int], word: Callable[[str], str]
) -> str:
    """`length` tells how much of a match is personal data (0 is none of it), `word` what comes in its place."""
    done, at = list[str](), 0
    while match := pattern.search(text, at):
        end = match.start() + length(match)
        if end > match.start():
            done += [text[at : match.start()], word(text[match.start() : end])]
            at = end
        else:
            done.append(text[at : match.start() + 1])
            at = match.start() + 1
    return "".join([*done, text[at:]])


def _whole(match: re.Match[str]) -> int:
    return len(match.group())


def _iban(match: re.Match[str]) -> int:
    """The longest beginning that passes the check digits."""
    shown = match.group()
    ends = range(len(shown), SHORTEST_IBAN - 1, -1)
    return next(
        (end for end in ends if shown[end - 1].isalnum() and iban.is_valid(shown[:end], check_country=False)), 0
    )


def _phone(match: re.Match[str]) -> int:
    """Not a date or opening hours with another number behind it."""
    shown = match.group()
    if DATE.match(shown) or HOURS.match(shown):
        return 0
    digits = re.sub(r"\D", "", shown.replace("(0)", ""))
    national = len(digits) - (4 if digits.startswith("0031") else 2 if shown.lstrip("(").startswith("+") else 1)
    return len(shown) if national == 9 else 0


def _bsn(match: re.Match[str]) -> int:
    """The elfproef; or any number of that length that is called a BSN (people make typing errors)."""
    shown = match.group()
    if DATE.search(shown):
        return 0
    before = match.string[max(0, match.start() - 80) : match.start()]
    if SAYS_BSN.search(before):
        return len(shown)
    if re.search(r"[^\W\d]-?$|\d-$", before):
        return 0  # the number of a case or a letter: Z123456782, Z-2026-48380
    groups = tuple(len(group) for group in re.findall(r"\d+", shown))
    if groups not in GROUPS and (groups != (8,) or DATE_WITHOUT_SIGNS.fullmatch(shown)):
        return 0
    digits = re.sub(r"\D", "", shown)
    return len(shown) if bsn.is_valid(digits.zfill(9)) else 0


RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], int]], ...] = (
    ("e-mailadres", EMAIL, _whole),
    ("rekeningnummer", DUTCH_IBAN, _whole),
    ("rekeningnummer", OTHER_IBAN, _iban),
    ("telefoonnummer", PHONE, _phone),
    ("telefoonnummer", FOREIGN_PHONE, _whole),
    ("bsn", NUMBER, _bsn),
    (CODE, IN_HALVES, in_halves),
    (CODE, IN_PIECES, in_pieces),
)
