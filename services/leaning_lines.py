"""What the words of a short line say about itself: that it leans on an answer, asks why, supposes, or names nothing."""

import re

from services.income_talk.lines import is_question
from services.income_talk.numbers import plain

MOST_WORDS = 9
"""A longer line tells enough by itself."""
FEW_WORDS = 5
OUT_OF_SCOPE = "out_of_scope"
SMALL_TALK = ("thank", "greet", "affirm", "deny", "help", "frustration")
"""After these, and after a line that was not understood, the talk is still about what was said before them."""

_WORD = re.compile(r"[\w']+")
_BEGINS = re.compile(
    r"^(?:en|maar|dus|of|als|stel|wat als|wat met|hoe zit het|and|but|so|or|if|what if|what about|how about)\b"
    r"|^(?:(?:nee|no) )?(?:ik bedoel\w*|i mean)\b(?! (?:iets|wat) ander|(?: \w+)* something else)"
)
_POINTS_BACK = re.compile(
    r"\b(?:dan|dat?|dit|die|ook|daar\w*|er(?:mee|voor|van|over|tegen|bij)|hier(?:voor|mee|van|over)"
    r"|ie|hij|zij|ze|hem"
    r"|that|then|it|this|those|too|he|she|they|them)\b"
)
_SUPPOSES = re.compile(
    r"(?:(?:en|maar|and|but) )?(?:wat )?(?:als|stel|what if|if)\b|(?:(?:nee|no) )?(?:ik bedoel\w*|i mean)\b"
)
_BARE = re.compile(
    r"(?:(?:en|maar|and|but) )?(?:hoe ?lang|hoeveel|hoe|wanneer|waar|how|when|where"
    r"|(?:telt|geldt) (?:dat|dit|het|die)|(?:does|is) (?:that|this|it)"
    r"|(?:wie|waar) (?:kan|kunnen) (?:\w+ ){0,3}(?:helpen|hulp krijgen)|(?:who|where) can (?:\w+ ){0,2}help)"
    r"(?: (?:tijd|dagen|weken|maanden|vaak|duurt|heb|mag|kan|moet|is|was|geldt|telt|gaat|ik|u|je|we|wij"
    r"|het|dat|dit|die|er|dan|daar|daarvoor|voor|mee|zo|nog|ook|wel|altijd|long|many|much|often|time|days|weeks|months|do|does|can|may|must|take|count"
    r"|have|i|you|it|that|this|then|for|so|too|still))*"
)
"""A question of which no word says what it is about."""
_ASKS_ON = re.compile(
    r"(?:(?:maar|en|ja|oh?|ok\w*|but|and|yes|sorry|ik|dat|dit|het|u|je|that|this|it|is|i) )*"
    r"(?:waarom|hoezo|waardoor|hoe kan|hoe komt|hoe bedoel\w*|wat bedoel\w*|(?:snap|begrijp)\w*|leg\w*|uitleg"
    r"|wat betekent"
    r"|why|how come|how so|what do you mean|(?:do not|dont|don't) (?:get|understand)|explain\w*|what does)"
    r"(?: (?:dat|dit|het|dan|ook|zo|er|u|je|jij|jullie|ze|zij|we|wij|ik|is|niet|nie|geen|eens|even|uit|ermee|daarmee"
    r"|wil|willen|zeggen|weten|doen|mag|mogen|moet|moeten|kan|kunnen|hoeft|eigenlijk|nou|toch"
    r"|that|this|it|then|so|is|you|they|we|i|do|does|must|have|has|to|need|want|know|can|can't|cant|not|mean|please"
    r"|actually))*"
)
"""Nothing but "why" or "what do you mean", without a word that says about what."""
_WHY = re.compile(r"\b(?:waarom|hoezo|waardoor|hoe komt|why|how come|how so)\b")
_REASON_OF_RULE = re.compile(
    r"^(?:(?:maar|en|dus|but|and|so) )*(?:waarom|hoezo|why)(?: \w+){0,3}? "
    r"(?:moet|moeten|mag|mogen|wil|willen|vraagt|vragen"
    r"|must|have to|has to|need|needs|want|wants|ask|asks|can't|cannot|not allowed)\b"
)
"""Why must, may, do they want: then the reason is asked for, and not the rule."""
_ANY_TOPIC = """
    en maar dus of als dan wie wat waar wanneer hoe hoelang hoeveel waarom
    is was zijn ben word wordt worden heb heeft hebben krijg krijgt krijgen moet moeten mag mogen kan kunnen wil willen
    zal zou gaat ga gaan doe doet doen komt hoef hoeft zit
    ik u je we wij hij ie zij ze het dat dit die er daar daaraan daarvoor daarmee daarover daarvan ervoor ermee
    erover ervan mij me mijn mn hem zelf aan van voor met over bij op in om te toe mee af door uit naar
    niet nie geen ook nog wel al eens even toch nou nu zo eerst vooraf meteen altijd iets niks niets alles iemand
    geld uitkering bijstand gemeente klantmanager bedrag gratis verplicht erg slecht zomaar weinig veel minder
    meer laat later langer telt kost
    vragen vraag aanvragen zeggen zeg zegt melden meld doorgeven geef betalen betaal betaalt bellen bel regelen
    bepaalt beslist
    and but so or if then who what where when how why are be do does did have has had get gets must need can could may
    will would should i you they he she it that this those them him her my to for about at on from off by
    no not too much many little less more still just only first always anything something nothing money benefit
    municipality caseworker amount free required late later longer count counts cost costs ask apply tell say report pay
    call arrange decides
"""
_NAMES_NOTHING = frozenset(_ANY_TOPIC.split())
"""Words of a line that could be about any topic of ours."""


def leans(line: str) -> bool:
    """Whether it may mean something else beside what was said before it than it does alone."""
    return leans_back(line) or asks_on(line) or is_bare(line) or asks_why_briefly(line)


def leans_back(line: str) -> bool:
    """It is short, and begins with "en" or "what if", or has a word that points back to what was said."""
    text = plain(line)
    few = len(_WORD.findall(text)) <= MOST_WORDS
    return few and (_BEGINS.search(text) or _POINTS_BACK.search(text)) is not None


def asks_on(line: str) -> bool:
    """It only asks why, or what was meant."""
    return _ASKS_ON.fullmatch(plain(line).strip(" ?!.")) is not None


def asks_why(line: str) -> bool:
    """It asks for the reason, whatever else it says."""
    return _WHY.search(plain(line)) is not None


def asks_reason_of_rule(line: str) -> bool:
    """ "Waarom moet ik mijn bankafschriften laten zien": who asks it has met the rule."""
    return _REASON_OF_RULE.search(plain(line)) is not None


def asks_why_briefly(line: str) -> bool:
    """In so few words that it may be the reason of what was just answered: "waarom maar vier weken"."""
    return asks_why(line) and (len(_WORD.findall(line)) <= FEW_WORDS or names_nothing(line))


def names_nothing(line: str) -> bool:
    """It points back, and none of its words says to what: "gaat dat van mijn uitkering af?"."""
    return leans_back(line) and _NAMES_NOTHING.issuperset(_WORD.findall(plain(line)))


def speaks_of(line: str, told: str) -> bool:
    """Whether all that a line names stands in what was told: "waarom een lening", after an answer with a loan in it."""
    named = set(_WORD.findall(plain(line))) - _NAMES_NOTHING - {"een", "de", "a", "the", "why", "which", "welke"}
    return bool(named) and named <= set(_WORD.findall(plain(told)))


def supposes(line: str) -> bool:
    """It asks what happens if; so "en als ik nee zeg?" is no "no"."""
    return _SUPPOSES.match(plain(line)) is not None


def is_bare(line: str) -> bool:
    """It asks how long, when or where, and not of what."""
    return _BARE.fullmatch(plain(line).strip(" ?!.")) is not None


def hardly_is(topic: str, line: str) -> bool:
    """Whether a line that leans was taken for what it can hardly be: "en als ik nee zeg" for a no, or a few words that
    point back for something that is not ours."""
    if topic in SMALL_TALK:
        return supposes(line) or line.rstrip().endswith("?") or is_question(line)
    return topic == OUT_OF_SCOPE and len(_WORD.findall(line)) <= FEW_WORDS
