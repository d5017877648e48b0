"""How somebody says when: in a hurry, whenever, not then; and the words for a day that carry a part of it along."""

import re

from services.said_span import A_WEEKDAY

APART = re.compile(
    r"[,;!?]+|\.(?!\d)|\b(?:maar|but)\b|(?<=\bniet)\s+(?=\w*dag\w*\s+wel\b)|(?<=\bwel)\s+(?=\w*dag\w*\s+niet\b)"
)
DENIES = re.compile(
    r"\b(?:niet|nie|geen|nooit|behalve|uitgezonderd|not|never|except|don'?t|can'?t|cannot|no)\b"
    r"|\bwerk ik\b|\bmoet ik (?:werken|naar|oppassen)|\b(?:heb|zit) ik (?:al |dan )?(?:iets|les|school"
    r"|op school)|\bben ik (?:druk|weg|bezet)"
    r"|\b(?:ik werk|i work|i have class|ik heb (?:dan )?(?:les|school))\b"
)
NOT_DENYING = re.compile(
    r"\bniet (?:al )?te (?:vroeg|laat)\b|\b(?:geen|no) (?:enkel )?(?:probleem|bezwaar|punt|problem)\b"
    r"|^\s*(?:kan|kunnen|zou|can'?t|could) (?:het|dat|we|wij|it) (?:ook )?(?:niet|not)?\b"
)
"""Words that deny elsewhere: "kan het niet dinsdag?" proposes a day."""
SAME_DAY = (
    (re.compile(r"\bvan(?:ochtend|morgen)\b"), "vandaag ochtend"),
    (re.compile(r"\bvan(?=middag|avond|nacht)"), "vandaag "),
    (re.compile(r"\btonight\b"), "today evening"),
    (re.compile(r"\bthis (?=morning|afternoon|evening)"), "today "),
    (re.compile(rf"\b({A_WEEKDAY}) morgen\b"), r"\1 ochtend"),
)
"""A day and a part of it in one word, and the morning that is not tomorrow."""
SOONEST = re.compile(
    r"^(?:nu|now|nu meteen|meteen|direct|right now|immediately)\W*$"
    r"|\bzo (?:snel|spoedig|vlug|vroeg|gauw) mogelijk\b(?! op)|\bz\.?s\.?m\b"
    r"|\beerst (?:mogelijk|beschikbaar|volgend|best)"
    r"|\beerste? ?(?:mogelijke|beschikbare|volgende|beste|plek|vrije)|\bsnel(?:st)?\b|\bspoed|\bdringend"
    r"|\bhaast\b|\bvroegst\w* mogelijk"
    r"|\basap\b|\bas soon as\b|\bsoonest\b|\bearliest\b|\bfirst (?:available|possible|free)|\burgent|\bquickly\b"
)
WHENEVER = re.compile(
    r"\bmaakt (?:me |mij |het |voor mij |dat )*(?:nie|niet)\b.*\buit\b|\bom het even\b|\balles is goed\b"
    r"|\bgeen voorkeur\b"
    r"|\bik kan altijd\b|\baltijd\b|\belke dag\b|\biedere dag\b|\bwanneer (?:u|je|jullie) (?:wilt|wil|kunt"
    r"|kan)\b|\bboeit\b|\bkies maar\b"
    r"|\bzeg (?:u |jij )?(?:het )?maar\b|\bflexibel\b|\bkan me nie[t]? schelen\b|\bwhenever\b|\bany ?(?:time"
    r"|day|moment)\b|\bdoes ?n[o']?t matter\b"
    r"|\bno preference\b|\bdoes not matter\b|\bwhatever\b|\bi am flexible\b|\byou choose\b|\bwat jullie uitkomt\b"
)
OVER = re.compile(
    r"\b(?:gisteren|eergisteren|vorige (?:week|maand)|afgelopen \w+|yesterday|last (?:week|month|year|\w+day)"
    r"|vorig jaar|geleden|ago)\b"
)
