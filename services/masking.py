"""Hide personal data in a line before anything else sees it.

BSN, IBAN, phone numbers and e-mail addresses are replaced by a word between brackets; what was there is kept nowhere.
Names are not found this way: the privacy statement says so.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import iban
from stdnum.nl import bsn

SEPARATOR = r"[ .\-/\u00a0]?"
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

EMAIL = re.compile(r"[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}", re.IGNORECASE)
DUTCH_IBAN = re.compile(rf"\bNL{SEPARATOR}\d{{2}}(?:{SEPARATOR}[A-Z]){{4}}(?:{SEPARATOR}\d){{10}}(?!\d)", re.IGNORECASE)
OTHER_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]{2,4}){3,8}\b", re.IGNORECASE)
# 0800 and 0900 numbers belong to organisations, not to persons.
PHONE = re.compile(
    rf"(?<![\d,.])(?:(?:\+|00)31{SEPARATOR}(?:\(0\))?{SEPARATOR}|0(?![89]00))[1-9](?:{SEPARATOR}\d){{8}}(?!\d)"
)
FOREIGN_PHONE = re.compile(r"(?<!\w)\+(?!31)[1-9](?:[ \-.]?\d){8,13}(?!\d)")
NUMBER = re.compile(r"(?<![\d,.€\-/])\d(?:[ .\-]?\d){7,8}(?![\d]|[,.]\d)")
DATE = re.compile(r"^\d{1,2}[ .\-]\d{1,2}[ .\-](?:19|20)\d{2}$|^(?:19|20)\d{2}[ .\-]\d{1,2}[ .\-]\d{1,2}$")
SAYS_BSN = re.compile(
    r"\b(?:bsn|burger ?service ?(?:nummer|nr)?|sofi ?(?:nummer|nr)?)\W{0,3}(?:\w{1,8}\W{1,3}){0,3}$", re.IGNORECASE
)


@dataclass(frozen=True)
class Masked:
    """A line without personal data, and which kinds were hidden."""

    text: str
    kinds: tuple[str, ...]


def mask(line: str) -> Masked:
    """Replace personal data by `[bsn]`, `[rekeningnummer]`, `[telefoonnummer]`, `[e-mailadres]`."""
    text, kinds = line.translate(DIGITS), list[str]()
    for kind, pattern, is_it in RULES:
        text, found = _replace(text, kind, pattern, is_it)
        if found and kind not in kinds:
            kinds.append(kind)
    return Masked(text, tuple(kinds))


def _replace(
    text: str, kind: str, pattern: re.Pattern[str], is_it: Callable[[re.Match[str]], bool]
) -> tuple[str, bool]:
    found = False

    def put(match: re.Match[str]) -> str:
        nonlocal found
        if not is_it(match):
            return match.group()
        found = True
        return f"[{kind}]"

    return pattern.sub(put, text), found


def _always(_match: re.Match[str]) -> bool:
    return True


def _is_iban(match: re.Match[str]) -> bool:
    return bool(iban.is_valid(match.group()))


def _is_bsn(match: re.Match[str]) -> bool:
    """The elfproef; or any number of that length that is called a BSN (people make typing errors)."""
    shown = match.group()
    if DATE.match(shown):
        return False
    digits = re.sub(r"\D", "", shown)
    if SAYS_BSN.search(match.string[: match.start()]):
        return True
    return bool(bsn.is_valid(digits.zfill(9))) and not _is_grouped_amount(shown)


def _is_grouped_amount(shown: str) -> bool:
    """12.345.678 is an amount: groups of three behind points."""
    return re.fullmatch(r"\d{1,3}(?:\.\d{3}){2}", shown) is not None and not re.fullmatch(r"\d{3}(?:\.\d{3}){2}", shown)


RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    ("e-mailadres", EMAIL, _always),
    ("rekeningnummer", DUTCH_IBAN, _always),
    ("rekeningnummer", OTHER_IBAN, _is_iban),
    ("telefoonnummer", PHONE, _always),
    ("telefoonnummer", FOREIGN_PHONE, _always),
    ("bsn", NUMBER, _is_bsn),
)
