"""Situations to which other rules apply: recognised, so that nobody gets an amount that is not theirs."""

import re
from enum import StrEnum

from services.income_talk.answers import Answers
from services.income_talk.numbers import plain

ADULT = 18


class Refusal(StrEnum):
    AOW = "aow"
    WAJONG = "wajong"
    SELF_EMPLOYED = "self_employed"
    INSTITUTION = "institution"
    OTHER_BENEFIT = "other_benefit"
    MORE_ADULTS = "more_adults"
    MINOR = "minor"
    NOT_POSSIBLE = "not_possible"
    """The law cannot be applied to what was told."""


NOT = r"(?<!geen )(?<!niet )(?<!no )(?<!not )(?<!zonder )"
SIGNS = {
    Refusal.AOW: r"aow(?:'er)?|gepensioneerd|met pensioen|retired|state pension",
    Refusal.WAJONG: r"wajong(?:er)?",
    Refusal.SELF_EMPLOYED: (
        r"zzp(?:'?er)?|zelfstandige?(?: ondernemer)?(?! wo)|eigen (?:bedrijf|zaak)|freelance(?:r)?|ondernemer|bbz"
        r"|self[- ]?employed|own business"
    ),
    Refusal.INSTITUTION: (
        r"(?:in|van) een (?:inrichting|instelling|kliniek|verpleeghuis|verzorgingshuis|shelter)|beschermd wonen"
        r"|(?:daklozen|nacht|vrouwen|nood|maatschappelijke )opvang|blijf-van-mijn-lijf\w*"
        r"|detentie|gevangenis|nursing home"
    ),
    Refusal.OTHER_BENEFIT: (
        r"(?:ww|wia|wao|ioaw|ioaz|anw|ziektewet)(?:-?uitkering)?|ziekengeld|(?:unemployment|sickness) benefit"
    ),
    Refusal.MORE_ADULTS: (
        r"[2-5] (?:partners|vrouwen|mannen)"
        r"|met [3-6] volwassenen (?:1|een) huishouden|[3-6] volwassenen (?:in (?:1|een)|delen)"
    ),
}
PATTERNS = {refusal: re.compile(rf"{NOT}\b(?:{signs})\b") for refusal, signs in SIGNS.items()}
GARNISHED = re.compile(r"(?<!geen )\b(?:loon)?beslag\w*|\bdeurwaarder|\bgarnish\w*|\bbailiff")


def refusal_in(line: str) -> Refusal | None:
    """Of a line that tells something; who asks about such a situation is answered by its topic."""
    text = plain(line)
    return next((refusal for refusal, pattern in PATTERNS.items() if pattern.search(text)), None)


def refusal_by_age(answers: Answers, pension_age: int) -> Refusal | None:
    ages = answers.get("ages", {}).values()
    if any(age >= pension_age for age in ages):
        return Refusal.AOW
    return Refusal.MINOR if any(age < ADULT for age in ages) else None


def is_garnished(line: str) -> bool:
    """What is seized of a wage is not calculated, but what the law gives is the same."""
    return GARNISHED.search(plain(line)) is not None
