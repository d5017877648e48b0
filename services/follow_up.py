"""Short lines that lean on the answer before them: "en als ik samenwoon?", "what if I live with someone?".

Such a line is understood once more, with that topic and those that people ask after it counting as likelier; where
that leaves it open, beside the answer before that one too. "Waarom dan?" asks nothing new: that is for the explanation
of what was just answered.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.models import Conversation, Message, MessageKind, Topic
from services.answer_topic import ANSWERS
from services.income_talk.numbers import plain
from services.municipalities import OWNERS
from services.not_understood import OFFERABLE_TASKS
from services.weigh_again import FAR_SURE, Leaning, related, understand_again

MOST_WORDS = 9
"""A longer line tells enough by itself."""
FEW_WORDS = 5
OUT_OF_SCOPE = "out_of_scope"
LOOKS_BACK = 6
"""Among so many answers the last two topics are looked for: one topic may take several."""
SMALL_TALK = ("thank", "greet", "affirm", "deny", "help", "frustration")
"""After these, and after a line that was not understood, the talk is still about what was said before them."""

_WORD = re.compile(r"\w+")
_BEGINS = re.compile(
    r"^(?:en|maar|dus|of|als|stel|wat als|wat met|hoe zit het|and|but|so|or|if|what if|what about|how about)\b"
    r"|^(?:(?:nee|no) )?(?:ik bedoel\w*|i mean)\b(?! (?:iets|wat) ander|(?: \w+)* something else)"
)
_POINTS_BACK = re.compile(
    r"\b(?:dan|dat?|dit|die|ook|daar\w*|er(?:mee|voor|van|over|tegen|bij)|hier(?:voor|mee|van|over)"
    r"|that|then|it|this|those|too)\b"
)
_SUPPOSES = re.compile(
    r"(?:(?:en|maar|and|but) )?(?:wat )?(?:als|stel|what if|if)\b|(?:(?:nee|no) )?(?:ik bedoel\w*|i mean)\b"
)
_BARE = re.compile(
    r"(?:(?:en|maar|and|but) )?(?:hoe ?lang|hoeveel|hoe|wanneer|waar|how|when|where"
    r"|(?:telt|geldt) (?:dat|dit|het|die)|(?:does|is) (?:that|this|it))"
    r"(?: (?:tijd|dagen|weken|maanden|vaak|duurt|heb|mag|kan|moet|is|was|geldt|telt|gaat|ik|u|je|we|wij"
    r"|het|dat|dit|die|er|dan|daar|daarvoor|voor|mee|zo|nog|ook|wel|altijd|long|many|much|often|time|days|weeks|months|do|does|can|may|must|take|count"
    r"|have|i|you|it|that|this|then|for|so|too|still))*"
)
"""A question of which no word says what it is about."""
_LAST_SAID = (
    select(Message.topic, Message.text)
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(Conversation.public_id == bindparam("conversation"), Conversation.municipality_id == bindparam("town"))
    .where(Message.municipality_id == bindparam("town"), Message.kind == MessageKind.ANSWER)
    .order_by(Message.seq.desc())
    .limit(1)
)
_LAST_ANSWER = _LAST_SAID.where(Message.topic.is_not(None), Message.topic.not_in(SMALL_TALK))
_LAST_ANSWERS = _LAST_ANSWER.with_only_columns(Message.topic).limit(LOOKS_BACK)
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
_TOPICS = select(Topic.name, Topic.follow_up, Topic.kind).where(
    Topic.municipality_id.in_(OWNERS), Topic.set_aside_at.is_(None)
)


@dataclass(frozen=True)
class Heard:
    """A line, the topic it was understood as, if any, and how likely all others are."""

    text: str
    understood: str | None
    likely: Mapping[str, float]


def lean_on_answer(session: Session, municipality_id: int, conversation: str, heard: Heard) -> Leaning | None:
    """What a line means after the answers before it. None when it stands on its own, or nothing was answered yet."""
    if not leans(heard.text):
        return None
    answers = session.scalars(_LAST_ANSWERS, {"conversation": conversation, "town": municipality_id})
    said = [topic for topic in answers if topic is not None]
    if not said:
        return None
    rows = session.execute(_TOPICS, {"town": municipality_id}).all()
    answerable = {name for name, _, kind in rows if kind in ANSWERS}
    follow_up = {name: after for name, after, _ in rows if name in answerable or name in OFFERABLE_TASKS}
    return meant_after(said, heard, answerable, follow_up)


def meant_after(
    said: Sequence[str], heard: Heard, answerable: Collection[str], follow_up: Mapping[str, Sequence[str]]
) -> Leaning:
    """What a line that leans means behind the answers `said`, the last one first. The one before it has a say only
    where the last one and the line itself leave it open."""
    text, previous = heard.text, said[0]
    if asks_on(text) and previous in answerable:
        return Leaning(previous, (previous,))
    likely = {name: share for name, share in heard.likely.items() if name not in SMALL_TALK or not supposes(text)}
    near = related(previous, follow_up)
    beside_last = understand_again(likely, near, answerable, previous)
    if beside_last.topic is not None:
        return beside_last
    if is_bare(text) and previous in answerable:
        return Leaning(previous, beside_last.nearest)
    if _stands(heard, answerable):
        return Leaning(heard.understood, beside_last.nearest)
    older = next((topic for topic in said if topic != previous), None)
    about_older = [older, *related(older, follow_up)] if older is not None else []
    return understand_again(likely, near, answerable, previous, about_older)


def _stands(heard: Heard, answerable: Collection[str]) -> bool:
    """Whether the line may well mean what it means by itself."""
    topic = heard.understood
    if topic is None or hardly_is(topic, heard.text):
        return False
    return topic not in answerable or heard.likely.get(topic, 0.0) >= FAR_SURE


def was_answered(session: Session, municipality_id: int, conversation: str) -> bool:
    """Whether the line before this one was answered: what is not understood has no topic."""
    found = session.execute(_LAST_SAID, {"conversation": conversation, "town": municipality_id}).first()
    return found is not None and found.topic is not None


def said_last(session: Session, municipality_id: int, conversation: str) -> str | None:
    """The words of the last answer that was more than small talk."""
    last = session.execute(_LAST_ANSWER, {"conversation": conversation, "town": municipality_id}).first()
    return last.text if last is not None else None


def leans(line: str) -> bool:
    """Whether it may mean something else beside what was said before it than it does alone."""
    return leans_back(line) or asks_on(line) or is_bare(line)


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
        return supposes(line) or line.rstrip().endswith("?")
    return topic == OUT_OF_SCOPE and len(_WORD.findall(line)) <= FEW_WORDS
