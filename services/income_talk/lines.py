"""What kind of line it is, apart from what it tells: a question, a wish to stop, no idea, a "what if"."""

import re

from services.income_talk.numbers import plain

FILLER = (
    r"(?:(?:en|maar|dus|hoi|hallo|hey|hee|dag|oke?|ja|nee|trouwens|eh+|uh+|o|ff|even|vraagje"
    r"|and|but|so|hi|hello|yes|no|well)\b[\s,:.!]*)*"
)
SOMEBODY = (
    r"(?:ik|je|jij|u|we|wij|jullie|zij|ze|hij|mijn|m'n|de|het|een|er|dat|die|dit|deze|iemand|gemeente"
    r"|i|you|it|there|this|that|my|the|they|we)\b"
)
ASKS = re.compile(
    rf"^{FILLER}(?:"
    r"(?:hoe|hoeveel|hoelang|hoevel|wat|wanneer|waar|waarom|wie|welke?|how|what|when|where|why|who|which)\b"
    r"|(?:mag|moet|kan|kun|is|zijn|krijg|heb|telt|tellen|word|wordt|gaat|gaan|klopt|doet|betaalt|houd|hou|bestaat|ben"
    rf"|can|may|must|do|does|is|are|will|would|should|could|am|have)\s+{SOMEBODY}"
    r"|ik (?:wil|zou) (?:graag )?weten\b|ik vraag me af\b|weet (?:u|je|jij)\b)"
)
SHORT = 4
"""Words: "32 uur?" is an answer with doubt in it, no question."""
SUPPOSES = re.compile(
    r"^(?:(?:en|maar|oke?|dus|and|but|so|ja|hm+)\b[\s,]*)*"
    r"(?:wat als|als|stel|met|bij|zonder|liever|what if|if|what about|how about|suppose|with|without"
    r"|hoe zit het (?:als|met|bij)|en dan (?:met|bij|als)"
    r"|(?:wat|hoeveel) (?:is (?:het|dat) |wordt (?:het|dat) |houd ik over )?(?:als|bij|met))\b"
)
BEGINS_WITH_AND = re.compile(r"^(?:en|maar|and|but|of|or)\b")
STOPS = re.compile(
    r"^(?:ik wil |nee |wil |graag |laten we |kunnen we )?"
    r"(?:stop(?:pen)?(?: (?:maar|hiermee|ermee|nu|ook|even|please))*|laat maar(?: zitten)?|hou(?:d)? maar op|ophouden"
    r"|genoeg|annuleer|annuleren|cancel|quit|never ?mind|forget it|ik wil niet (?:meer|verder)|niet meer"
    r"|hoeft niet(?: meer)?|doe maar niet|geen zin(?: meer)?)[.!\s]*$"
)
NO_IDEA = re.compile(
    r"\bweet (?:ik )?(?:het |dat |nog |echt |even |ff )*niet|\bgeen idee\b|\bsla (?:maar )?over|\boverslaan\b|\bskip\b"
    r"|\bdon'?t know\b|\bno idea\b|\bnot sure\b|\bmaakt niet uit\b|\bdunno\b|\bwie weet\b|\bvolgende vraag\b|^\?+$"
)
AGREES = re.compile(r"^(?:ja|yes|yep|oke?|klopt|prima|goed|graag|allebei|beide|both|doe maar)\b[\s\w]{0,20}[.!]*$")
DECLINES = re.compile(r"^(?:nee|neen|no|nope|neuh|nee hoor|nee dank je)[.!\s]*$")


def is_question(line: str) -> bool:
    """Something is asked for. A short line is an answer, whatever sign it ends with."""
    text = plain(line)
    asks = ASKS.search(text) is not None
    return asks or (text.endswith("?") and len(text.split()) > SHORT and not SUPPOSES.search(text))


def supposes(line: str) -> bool:
    """ "En als ik 32 uur werk?", "met een kind erbij"."""
    return SUPPOSES.search(plain(line)) is not None


def leans(line: str) -> bool:
    """It makes sense only beside what was said before; so does a line of a few words: "32 uur?"."""
    text = plain(line)
    return supposes(line) or BEGINS_WITH_AND.search(text) is not None or len(text.split()) <= SHORT


def wants_to_stop(line: str) -> bool:
    return STOPS.search(plain(line)) is not None


def has_no_idea(line: str) -> bool:
    return NO_IDEA.search(plain(line)) is not None


def agrees(line: str) -> bool:
    return AGREES.search(plain(line)) is not None


def declines(line: str) -> bool:
    return DECLINES.search(plain(line)) is not None
