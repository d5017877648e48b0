"""Which kind of change somebody means, out of a few words."""

import re

KINDS = ("work", "income", "living", "money", "abroad", "other")
# Beginnings of words; the first kind that fits is taken, so the more telling ones stand first.
SIGNS = {
    "abroad": r"vakantie(?!geld|toeslag)|buitenland|reis(?!kosten)|reizen|holiday(?! pay)|abroad|travel",
    "living": r"woon|wonen|huis|verhui|adres|samenwo|partner|vriend(?:in)?\b"
    r"|kind(?!geb|eropv|erbij)|baby|gebor|scheid|trouw(?!ens)|mov|rent\b|huur(?!toe)",
    "money": r"spaar|erfenis|erf|gift|cadeau|auto(?:'s)?\b|schuld|lening|gewonnen|savings|inherit|car\b",
    "work": r"werk|baan|uren|contract|job|work|sollicit|stage|vrijwillig|zzp",
    "income": r"inkom|loon|salaris|\w*geld|uitkering|alimentatie|\w*toeslag|kindgeb|kinderbij|income|wage|salary|money",
    "other": r"anders|iets anders|overig|other|else",
}


def recognise_kind(text: str) -> str | None:
    """The kind that the words point to; None when they point nowhere."""
    for kind, signs in SIGNS.items():
        if re.search(rf"\b(?:{signs})", text.casefold()):
            return kind
    return None
