"""What a line about looking for work means: something that was done, a correction of it, a wish to see the list."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.models import EffortKind
from services.effort.day_told import find_past_day


class Deed(StrEnum):
    TELL = "tell"
    PLAN = "plan"
    """Something that is still to be done."""
    MOVE = "move"
    """It was on another day."""
    REMOVE = "remove"
    LIST = "list"
    ASK = "ask"
    """Something about telling, but nothing was told."""


@dataclass(frozen=True)
class HeardEffort:
    deed: Deed
    day: date | None = None
    kind: EffortKind = EffortKind.OTHER


# Beginnings of words. The first kind that fits is taken, so the more telling ones stand first.
SIGNS = {
    EffortKind.TRIAL: "proefda|proef ?draai|proefplaats|meegelopen|meelop|meegedraaid|vrijwillig|stage|trial|volunteer"
    "|intern",
    EffortKind.REGISTERED: r"ing?e?sch?rev|inschrijv|aangemeld|uitzendbur|registered|signed up|job agenc|agencies"
    r"|werk\.nl|uwv",
    EffortKind.INTERVIEW: r"op gesprek|sollicitatiegesprek|kennismak|gesprek\b|interview|speeddate|banenmarkt"
    "|job ?fair",
    EffortKind.CALLED: "gebel|belde|opgebeld|langs|binnen ?gestapt|gevraagd|vraag werk|bezocht|called|phoned|rang"
    "|went by|visited|ask for work",
    EffortKind.CV: r"(?:cv|curriculum)\b"
    r"(?=.*(?:gemaakt|bijgewerkt|af\b|klaar|opgesteld|aangepast|written|updated|made))",
    EffortKind.APPLIED: r"(?:ge)?sol+i[cs]+it|brief|brieven|cv\b|cv's|gereageerd|gemaild|motivatie|vacature"
    "|appl(?:y|ied|ication)|afwijzing|afgewezen|rejected|sent my",
    EffortKind.TRAINING: r"cursus|training|opleiding|school|workshop|taalles|examen|certificaat|course|class\b",
}
KINDS = {kind: re.compile(rf"\b(?:{signs})") for kind, signs in SIGNS.items()}
WAS_DONE = re.compile(
    r"\bge(?!meente|sprek|tal|heel|woon|geven)\w{3,}\b|\b(?:in|aan|op|mee|af|langs|na|door|uit|bij)ge(?!ven)\w{3,}\b"
    r"|\bver(?:stuurd|zonden)\b|\bbezocht\b|\bbegonnen\b|\bben\b.*\blangs\b|\b(?:was|waren|had)\b"
    r"|\b\w+ed\b|\b(?:sent|went|spoke|rang|did|done|met)\b"
)
ASKING = re.compile(
    r"^(?:(?:hoi|hallo|hey|yo|hi|hello)\W+)?(?:hoe|waar|kan|kun|mag|moet|wat|wanneer|waarom|welke|telt|how|where|can"
    r"|could|may|do|does|what|when|which|is)\b"
)
WANTS_LIST = re.compile(
    r"^(?:hoeveel|how many|wat heb ik|what (?:have|did) i)\b|\b(?:laat|toon|bekijk|zien|show|see|lees)\b.*"
    r"\b(?:lijst|list|sollicitaties|applications|zoekactiviteiten)\b"
    r"|^(?:mijn|my|de|the) (?:lijst|list|sollicitaties|applications)\b|\boverzicht\b"
)
ADDS = re.compile(r"\b(?:zet|voeg|toevoegen|noteer|add|put|wants)\b")
WANTS_AWAY = re.compile(
    r"\b(?:haal|verwijder|wis|schrap|streep|gooi|remove|delete|take|scratch)\b.*"
    r"\b(?:laatste?|die|dat|deze|dit|hem|last|that|it|this)\b"
    r"|\b(?:laatste|die|dat|deze|dit|hem)\b.*\b(?:weghalen|verwijderen|wissen|schrappen)\b|^(?:dat|die) .*\bweg\b"
)
CORRECTS = re.compile(
    r"^(?:nee|neen|no|fout|sorry|oeps|oops|klopt niet|niet waar|foutje|ik bedoel\w*|i mean\w*)\b"
    r"|\b(?:dat|het|that|it) was\b|\b(?:moet|moest) .*\bzijn\b"
    r"|\bniet (?:vandaag|gisteren)\b|\bnot (?:today|yesterday)\b"
)

GOES_ON = re.compile(
    r"^(?:en|ook|and|also|plus)\b(?=.*\b(?:bij|naar|at|to)\b)(?!.*\b(?:moet|mag|kan|hoe|wat|als|must|may|can|if)\b)"
)
"""`en gisteren bij de Action`: what was done there is what was told just before."""


def hear_effort(text: str, today: date, asked: bool = False) -> HeardEffort:
    """`asked`: the line answers the question what was done, so that a few words are enough."""
    line = text.casefold().strip()
    correction = hear_correction(line, today)
    if correction is not None:
        return correction
    kind, day = kind_in(line), find_past_day(line, today)
    if WANTS_LIST.search(line) and not ADDS.search(line):
        return HeardEffort(Deed.LIST)
    if day is not None and day > today:
        return HeardEffort(Deed.PLAN, day)
    if ASKING.search(line) and (day is None or kind is None):
        return HeardEffort(Deed.ASK)
    told = day is not None or WAS_DONE.search(line) is not None or (asked and kind is not None)
    told = told or hear_more(text, today) is not None
    return HeardEffort(Deed.TELL if told else Deed.ASK, day, kind or EffortKind.OTHER)


def hear_correction(text: str, today: date) -> HeardEffort | None:
    """Of what was told last; None for a line that stands on its own."""
    line = text.casefold().strip()
    if WANTS_AWAY.search(line):
        return HeardEffort(Deed.REMOVE)
    if not CORRECTS.search(line):
        return None
    # `niet vandaag maar gisteren`: the day that it was comes behind the one that it was not.
    day = find_past_day(re.sub(r"\b(?:niet|not) (?:vandaag|gisteren|today|yesterday)\b", " ", line), today)
    return HeardEffort(Deed.MOVE, day) if day is not None and day <= today and kind_in(line) is None else None


def hear_more(text: str, today: date) -> HeardEffort | None:
    """The same once more, elsewhere or on another day; None for a line that stands on its own."""
    line = text.casefold().strip(" .!")
    day = find_past_day(line, today)
    if not GOES_ON.search(line) or line.endswith("?") or (day is not None and day > today):
        return None
    return HeardEffort(Deed.TELL, day, kind_in(line) or EffortKind.OTHER)


def kind_in(line: str) -> EffortKind | None:
    return next((kind for kind, pattern in KINDS.items() if pattern.search(line)), None)
