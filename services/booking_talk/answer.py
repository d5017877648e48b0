"""What a line means in this talk, and what is said to it; nothing when it is for somebody else to answer."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.booking_talk import asking
from services.booking_talk.choosing import HANDLERS, held_again, stop
from services.booking_talk.lines import CALLS_OFF, channel_in, needs_in
from services.booking_talk.office import Office
from services.booking_talk.pressed import pressed
from services.booking_talk.reply import Line, Reply, going_on
from services.booking_talk.state import TOPICS, Deed, Step, Talk
from services.booking_talk.steps import begin, go_on
from services.income_talk.lines import is_question, wants_to_stop
from services.income_talk.numbers import plain
from services.said_time import Wish, find_wish
from services.words import Words

OURS = (*TOPICS.values(), "show_conversations", "appointment_change")
OTHERS_FIRST = ("talk_to_human", "request_callback", "distress", "delete_my_data", "switch_language", "bot_challenge")
UNCLEAR = (*OURS, "nlu_fallback", "out_of_scope", "affirm", "deny", "frustration", "")
"""Topics as which an answer is understood that nobody can read."""
WHEN = (Step.WISH, Step.CHOOSE, Step.CONFIRM)
NAMES_ONE = re.compile(r"\b(?:afspra\w+|gesprek\w*|appointment|conversation|meeting)\b")
SHORT = 7
"""Words. "Kan het ook dinsdag?" is an answer, whatever it was taken for."""


def answer(office: Office, line: Line, deed: Deed | None = None) -> Reply | None:
    """`deed`: that of the topic or of the form; None: the line was taken for something else."""
    talk = office.talk
    if line.is_button and deed is not None and line.topic == TOPICS[deed]:
        return pressed(office, deed, line)
    if line.is_button:
        return None
    if talk is not None and not _begins_another(office, line, talk, deed):
        return _in_the_middle(office, talk, line)
    return begin(office, deed, line) if deed is not None and line.topic == TOPICS[deed] else None


def ask_again(office: Office) -> Sequence[Words]:
    """After a question in between: where the talk was. Nothing when it is over."""
    talk = office.talk
    return _asked(office, talk).words if talk is not None and talk.step is not Step.REASON else ()


def _begins_another(office: Office, line: Line, talk: Talk, deed: Deed | None) -> bool:
    """Somebody wants something else than what was begun. "Annuleer" alone means the talk itself."""
    if deed is None or line.topic != TOPICS[deed]:
        return False
    if talk.step is Step.REASON:
        return not office.just_asked or NAMES_ONE.search(plain(line.text)) is not None
    return _calls_off(line, talk) or (talk.deed is Deed.CANCEL and deed is not Deed.CANCEL)


def _in_the_middle(office: Office, talk: Talk, line: Line) -> Reply | None:
    wish = find_wish(line.text, office.today)
    if wants_to_stop(line.text) and talk.step not in (Step.SURE, Step.REASON):
        return stop(office, talk)
    if _asks_something_else(talk, line, wish) and not _says_how(office, talk, line):
        return None
    return HANDLERS[talk.step](office, talk, line, wish) or _besides(office, talk, line)


def _besides(office: Office, talk: Talk, line: Line) -> Reply | None:
    """What is needed may be told at any moment; what nobody can read is asked again in other words."""
    needs = needs_in(line.text)
    if needs and talk.step not in (Step.SURE, Step.REASON, Step.WHICH):
        return _with_needs(office, talk, needs)
    if talk.step is Step.REASON or line.topic not in UNCLEAR:
        return None
    again = _asked(office, talk)
    if _says_the_same_way(office, talk, line):
        return again
    return Reply(_not_understood(office, again.words), open=True, unclear=True)


def _asks_something_else(talk: Talk, line: Line, wish: Wish) -> bool:
    if line.topic in OTHERS_FIRST or _calls_off(line, talk):
        return True
    if not is_question(line.text) or line.topic in UNCLEAR:
        return False
    return not (wish.says_something and talk.step in WHEN and len(line.text.split()) <= SHORT)


def _says_how(office: Office, talk: Talk, line: Line) -> bool:
    """ "Telefonisch" and "bel mij maar" answer how to talk, and ask for no call now."""
    programme = office.programme_of(talk)
    if talk.step is not Step.CHANNEL or line.topic != "request_callback" or programme is None:
        return False
    return channel_in(line.text, programme.channels) is not None


def _says_the_same_way(office: Office, talk: Talk, line: Line) -> bool:
    """ "Op kantoor" once more, or where there is no other way."""
    programme = office.programme_of(talk)
    said = channel_in(line.text, programme.channels) if programme is not None and talk.step in WHEN else None
    return said is not None and said is talk.channel


def _calls_off(line: Line, talk: Talk) -> bool:
    """An appointment is to be cancelled, while another thing is being done."""
    off = line.topic == TOPICS[Deed.CANCEL] and talk.deed is not Deed.CANCEL
    return off and CALLS_OFF.search(plain(line.text)) is not None and not wants_to_stop(line.text)


def _with_needs(office: Office, talk: Talk, needs: dict[str, str]) -> Reply:
    told = replace(talk, needs=talk.needs | needs)
    before = office.phrases.say("booking_needs_noted")
    words, *rest = _asked(office, told).words
    return going_on(replace(words, text=f"{before} {words.text}"), *rest)


def _asked(office: Office, talk: Talk) -> Reply:
    """The question of this step."""
    if talk.step is Step.CHOOSE and talk.shown:
        return going_on(asking.show_again(office, talk))
    if talk.step is Step.CONFIRM:
        return held_again(talk)
    if talk.step is Step.NEEDS:
        return going_on(asking.ask_needs(office, talk))
    return go_on(office, talk)


def _not_understood(office: Office, words: tuple[Words, ...]) -> tuple[Words, ...]:
    first, *rest = words
    if not first.text:
        return words
    return replace(first, text=f"{office.phrases.say('booking_not_understood')} {first.text}"), *rest
