"""Words that stop a reader: words of the office, words of the law without their meaning, and short forms.

Each with what to write. A word of the law that a resident meets in a letter may stand there once it is explained: "Dat
heet de kostendelersnorm", "cost-sharer rule (kostendelersnorm)", "Overwaarde is ...". The explanation has to come first
or in the same text.
"""

import re
from collections.abc import Iterator

from services.content.faults import Fault, FaultKind
from services.fill import PLACEHOLDER

LEAVE_OUT = "leave it out"
AVOID = {
    "nl": {
        "helaas": LEAVE_OUT,
        "hierbij": LEAVE_OUT,
        "aangaande|betreffende|inzake|omtrent|ten aanzien van|met betrekking tot": "over",
        "aangezien|immers": "omdat",
        "alsmede|alsook": "en",
        "alvorens": "voordat",
        "aanvang(?:en|t)?": "begin",
        "arbeidsinschakeling": "werk vinden",
        "arbeidsplicht|arbeidsverplichting(?:en)?": "werk zoeken",
        "belanghebbenden?|uitkeringsgerechtigden?|bijstandsgerechtigden?": "u",
        "beëindig\\w*": "stoppen",
        "bezwaarschrift(?:en)?": "brief met uw bezwaar",
        "bovengenoemde|desbetreffende|onderhavige|voornoemde": "deze",
        "conform|ingevolge|krachtens|op grond van": "volgens",
        "derhalve|dientengevolge": "dus",
        "desalniettemin|niettemin": "toch",
        "desgewenst": "als u wilt",
        "dien(?:t|en) u|u dient": "moet u",
        "door middel van|middels": "met",
        "echter|doch": "maar",
        "exclusief": "zonder",
        "gaarne": "graag",
        "gelieve": "wilt u",
        "hetgeen": "wat",
        "huishouding": "samen wonen",
        "in aanmerking": "kunnen krijgen",
        "in het kader van|in verband met": "voor",
        "in mindering": "eraf halen",
        "inclusief": "met",
        "indien": "als",
        "inlichtingenplicht": "alles doorgeven",
        "invorder\\w*|teruggevorderd\\w*|terugvorder\\w*": "terugvragen",
        "kenbaar": "laten weten",
        "legitimatie\\w*": "bewijs wie u bent",
        "levensonderhoud": "eten, huur en rekeningen",
        "maandelijkse?": "elke maand",
        "jaarlijkse?": "elk jaar",
        "medebewoners?": "huisgenoot",
        "meerderjarige?n?": "18 jaar of ouder",
        "met ingang van": "vanaf",
        "minderjarige?n?": "jonger dan 18",
        "mits": "als",
        "momenteel|thans": "nu",
        "nihil": "niets",
        "onverwijld|terstond|per omgaande": "meteen",
        "peildatum": "de dag waarop de gemeente kijkt",
        "per abuis": "per ongeluk",
        "reeds": "al",
        "retourner\\w*|retour": "terugsturen",
        "slechts|uitsluitend": "alleen",
        "te allen tijde": "altijd",
        "ten behoeve van": "voor",
        "als gevolg van|ten gevolge van": "door",
        "teneinde": "om",
        "tenzij": "behalve als",
        "tevens|voorts": "ook",
        "tijdig": "op tijd",
        "toekenn\\w*|toegekend\\w*|kent toe": "geven",
        "verreken\\w*": "eraf halen",
        "verschuldigde?": "moet betalen",
        "verstrek(?:t|ken|te|ten)|verstrekking": "geven",
        "verwijtbaar|verwijtbare": "uw eigen schuld",
        "verzoeken u|verzoekt|verzocht": "vragen",
        "voorliggende voorziening(?:en)?": "ander geld dat voorgaat",
        "woonachtig": "woont",
        "zorg dragen|zorgdragen": "zorgen",
    },
    "en": {
        "unfortunately": LEAVE_OUT,
        "hereby": LEAVE_OUT,
        "additional": "extra",
        "aforementioned": "this",
        "commenc(?:e|es|ed|ing|ement)": "start",
        "constitutes?": "is",
        "eligible|eligibility": "can get",
        "furthermore|moreover": "also",
        "however": "but",
        "in accordance with|pursuant to": "by",
        "in order to": "to",
        "notwithstanding": "even if",
        "prior to": "before",
        "regarding|with regard to|in respect of|concerning": "about",
        "remuneration": "pay",
        "shall(?! (?:I|we)\\b)": "must",
        "subsequently|thereafter": "then",
        "sufficient": "enough",
        "terminat(?:e|es|ed|ing|ion)": "stop",
        "therefore": "so",
        "utili[sz]\\w*": "use",
        "whereby": "so that",
    },
}
EXPLAIN = {
    "arbeidsbeperking": "een ziekte of handicap",
    "AIO-aanvulling": "bijstand bij de AOW",
    "beschikking(?:en)?": "brief met een besluit",
    "beslagvrije voet": "het bedrag dat u mag houden",
    "beschut werk": "een baan met veel hulp",
    "bewindvoer\\w*|bewind": "iemand regelt uw geld",
    "bijstandsnorm": "het hoogste bedrag dat u krijgt",
    "budgetbeheer": "iemand betaalt uw rekeningen",
    "bufferbudget": "geld als uw inkomen wisselt",
    "doelgroepregister": "een lijst van mensen die moeilijk werk vinden",
    "draagkracht": "wat u zelf kunt betalen",
    "dwangsom": "geld omdat de gemeente te laat is",
    "hardheidsclausule": "een uitzondering, omdat het anders te hard is",
    "heffingskorting(?:en)?": "korting op belasting",
    "ingebrekestelling": "brief dat de gemeente te laat is",
    "kostendelersnorm": "een lager bedrag, omdat u kosten deelt",
    "kredietbank": "de bank van de gemeente voor mensen met schulden",
    "loonkostensubsidie": "geld van de gemeente voor uw werkgever",
    "loonwaarde": "hoeveel werk u kunt doen",
    "maatregel": "een lagere uitkering als straf",
    "nalatenschap|boedel": "wat iemand nalaat",
    "no-riskpolis": "een verzekering voor uw werkgever",
    "ontheffing(?:en)?": "u hoeft iets een tijd niet",
    "opgeschort|opschort\\w*": "stilgezet",
    "overwaarde": "de waarde van uw huis min uw hypotheek",
    "participatieplaats": "een plek om te leren werken",
    "proefplaatsing": "werken op proef",
    "re-?[iï]ntegrat\\w+": "weer gaan werken",
    "sanctie": "een straf",
    "toetsingsinkomen": "uw inkomen van een heel jaar",
    "vrijlating": "het deel van uw loon dat u houdt",
}
"""Only in Dutch: in English the term stands between brackets behind its meaning, and is explained by that."""

KNOWN = frozenset(
    {"AOW", "azc", "BSN", "CJIB", "COA", "DUO", "ID", "IND", "KVK", "PDF", "SVB", "UWV", "WAO", "WIA", "Wmo", "WW"}
)
"""Names by which everybody calls the thing; they stand so on the letters."""

CUT_SHORT = {
    "nl": r"a\.u\.b\.?|bijv\.|blz\.|bv\.|ca\.|d\.m\.v\.?|d\.w\.z\.?|e\.d\.|enz\.?|etc\.?|evt\.?|excl\.?|i\.p\.v\.?"
    r"|i\.v\.m\.?|incl\.?|jl\.|m\.b\.t\.?|max\.|min\.|mnd\.?|nr\.|o\.a\.?|o\.b\.v\.?|t\.a\.v\.?|t\.b\.v\.?|t/m|tel\.|z\.s\.m\.?",
    "en": r"approx\.?|e\.g\.?|etc\.?|i\.e\.?|incl\.?|max\.|min\.|no\.\s\d|w/o",
}
INITIALS = re.compile(r"\b(?:[A-Z]{2,}|Awb|Awir|azc|Bbz|ggz|pgb|vog|Wlz|Wmo|Wsnp|zzp|Zvw)\b")

EXPLAINING = (
    r"\([^)]*\b{it}\)",
    r"\b{it}\w*\W{{0,3}}\(",
    r"\b(?:heet|heten|noem\w*|called)\b[^.?!]*\b{it}",
    r"\b{it}[\w-]*\W{{1,2}}(?:is|zijn|betekent|are|means)\b",
    r"\b{it}\b(?:, (?:de|het|een|the|a|an|\w+ (?:voor|van|for|of))\b|: )",
    r": (?:de|het|een|the|a|an) {it}\b",
    r"(?:^\s*|[.?!]\s)(?:Bij|In|Met|With)(?: de| het| een)? {it}\b \w",
    r"\b{it}\b[^.?!]*[.?!]\s+(?:Dat|Dit|Het|That|This|It)\s(?:is|zijn|betekent|means|are)\b",
)
"""Ways to say what a word means, with the word at `it`."""


def _any_of(patterns: dict[str, str]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), better) for words, better in patterns.items()]


_AVOID = {language: _any_of(words) for language, words in AVOID.items()}
_EXPLAIN = _any_of(EXPLAIN)
_CUT_SHORT = {
    language: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for language, words in CUT_SHORT.items()
}


def hard_words(text: str, language: str) -> Iterator[Fault]:
    """Words that are never needed: there is a plain one."""
    for pattern, better in _AVOID[language]:
        if found := pattern.search(text):
            word = found.group().lower()
            yield Fault(FaultKind.HARD_WORD, f"'{word}' (say: {better})", (word, better))
    if found := _CUT_SHORT[language].search(text):
        yield Fault(FaultKind.ABBREVIATION, f"'{found.group()}' is cut short (write it in full)", (found.group(),))


def unexplained_words(text: str, language: str, before: str = "") -> Iterator[Fault]:
    """Terms and initials that say nothing to who never met them. `before`: what was read just before this text."""
    bare, read = PLACEHOLDER.sub("0", text), PLACEHOLDER.sub("0", f"{before} {text}")
    for pattern, meaning in _EXPLAIN if language == "nl" else ():
        if (found := pattern.search(bare)) and not is_explained(found.group(), read):
            word = found.group()
            yield Fault(FaultKind.UNEXPLAINED, f"'{word}' is not explained (say: {meaning})", (word, meaning))
    for name in dict.fromkeys(INITIALS.findall(bare)):
        if name not in KNOWN and not is_explained(name, read):
            yield Fault(FaultKind.ABBREVIATION, f"'{name}' is not explained", (name,))


def is_explained(word: str, text: str) -> bool:
    """In brackets or with brackets behind it, after "heet", followed by "is" or "That is", or "Bij X doet iemand"."""
    it = re.escape(word)
    return any(re.search(way.format(it=it), text, re.IGNORECASE) for way in EXPLAINING)
