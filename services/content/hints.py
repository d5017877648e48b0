"""Sentences that may be right and are often better otherwise: nobody who acts, two times no, and "je" beside "u"."""

import re
from collections.abc import Iterator

from services.content.faults import Fault, FaultKind

BECOME = r"(?:word|wordt|worden|werd|werden)"
NOT_A_PARTICIPLE = "bekend|beroemd|bereid|verkeerd|geldt|gemeenten|gesprekken|gevolgen|gezinnen|gebouwen|gebreken"
PARTICIPLE = (
    rf"(?!(?:{NOT_A_PARTICIPLE})\b)(?:[a-z]*ge\w{{2,}}(?:d|t|en)|(?:be|ver|her|ont|er|over|onder)\w{{2,}}d"
    r"|verwerkt|verkocht|bezocht|onderzocht|gekort|verstrekt|ontvangen|besproken|vergeten|verboden|begrepen|ontslagen)"
)
SAME_CLAUSE = (
    r"(?:(?!\b(?:als|omdat|dat|die|want|maar|zodat|wanneer|terwijl|totdat|zolang|hoe|wie|waar|of)\b)[^.,;:?!])*?"
)
AFTER = r"(?=\W*$|[.,;:?!)]|\s(?:door|en|of|kan|kunnen|mag|mogen|moet|moeten|zal|zullen|om|voor|als|met|van|bij)\b)"
PASSIVE = {
    "nl": re.compile(rf"\b{PARTICIPLE}\s+{BECOME}\b|\b{BECOME}\b{SAME_CLAUSE}\b{PARTICIPLE}\b{AFTER}", re.IGNORECASE),
    # In English the passive is common; but who is named behind "by" had better come first.
    "en": re.compile(
        r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s)?(?:(?!multiplied|divided)\w+ed|paid|made|given|taken|sent|done|kept|told|set)\s+by\b",
        re.IGNORECASE,
    ),
}
NO = {
    "nl": r"(?:niet|geen|nooit|niemand|niets|nergens|(?<!met of )zonder)",
    "en": r"(?:not|(?<!say )no(?!-)|never|nobody|nothing|nowhere|cannot|can't|don't|isn't|(?<!with or )without)",
}
NEXT_CLAUSE = {
    "nl": r"en|of|maar|want|als|omdat|zolang|terwijl|tot|dat|die|dus|wat|hoe|wie|behalve",
    "en": r"and|or|but|because|if|as|while|until|that|which|who|so|when|except",
}
FAMILIAR = re.compile(r"\b(?:je|jij|jou|jouw|jullie|jezelf|jouwe)\b", re.IGNORECASE)
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|„[^”]*”|“[^”]*”|‘[^’]*’")


def passive(sentence: str, language: str) -> Iterator[Fault]:
    """Who acts? "De gemeente betaalt uw uitkering" rather than "uw uitkering wordt betaald"."""
    if found := PASSIVE[language].search(sentence):
        yield Fault(FaultKind.PASSIVE, f"passive: '{found.group()}' (say who does it)", (found.group(), sentence))


def double_negation(sentence: str, language: str) -> Iterator[Fault]:
    """Two times no in one clause: the reader has to turn it round."""
    for clause in re.split(rf"[,.;:?!()]|\b(?:{NEXT_CLAUSE[language]})\b", sentence, flags=re.IGNORECASE):
        found = re.findall(rf"\b{NO[language]}\b", clause, re.IGNORECASE)
        if len(found) > 1:
            told = " ... ".join(found[:2]).lower()
            yield Fault(FaultKind.DOUBLE_NEGATION, f"'{told}' in one sentence: '{sentence}'", (told, sentence))


def familiar_address(text: str) -> Iterator[Fault]:
    """The chatbot says "u". What somebody else says stands between quotation marks, and may be familiar."""
    if found := FAMILIAR.search(QUOTED.sub(" ", text)):
        yield Fault(FaultKind.FAMILIAR, f"'{found.group()}' (the chatbot says u)", (found.group(),))
