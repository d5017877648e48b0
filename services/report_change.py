"""Which kind of change somebody means, out of a few words."""

import re

KINDS = ("work", "income", "living", "money", "abroad", "other")
# Beginnings of words; the first kind that fits is taken, so the more telling ones stand first.
SIGNS = {
    "abroad": r"vakantie|buitenland|reis|holiday|abroad|travel",
    "living": r"woon|wonen|huis|verhui|adres|samenwo|partner|vriend|kind|baby|gebor|scheid|trouw|mov|rent\b|huur",
    "money": r"spaar|erfenis|erf|gift|cadeau|auto|schuld|lening|gewonnen|savings|inherit|gift|car\b",
    "work": r"werk|baan|uren|contract|job|work|sollicit|stage|vrijwillig|zzp",
    "income": r"inkom|loon|salaris|geld|uitkering|alimentatie|toeslag|income|wage|salary|money",
    "other": r"anders|iets anders|overig|other|else",
}


def recognise_kind(text: str) -> str | None:
    """The kind that the words point to; None when they point nowhere."""
    for kind, signs in SIGNS.items():
        if re.search(rf"\b(?:{signs})", text.casefold()):
            return kind
    return None
