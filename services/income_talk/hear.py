"""What a line means in this talk: an answer, a change, the end of the questions; or nothing, and others answer it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import cast

from benefits.income.law import FiguresOn
from services.income_talk.answers import Answers, Question, is_answered, put
from services.income_talk.household import Household
from services.income_talk.lines import agrees, declines, has_no_idea, is_question, leans, supposes, wants_to_stop
from services.income_talk.refusals import Refusal, is_garnished, refusal_by_age, refusal_in
from services.income_talk.situation import applies, by_the_hour, day_of
from services.income_talk.telling import Before, changes_in

TOPIC = "calculate_income"
OF_WORK = (TOPIC, "work_income_effect", "part_time_work_allowed")
"""Topics as which a question about one's own hours or wage is understood."""
OTHERS_FIRST = ("talk_to_human", "request_callback", "distress", "delete_my_data", "switch_language", "bot_challenge")
UNCLEAR = (TOPIC, "work_income_effect", "nlu_fallback", "out_of_scope", "affirm", "deny", "")
"""Topics as which an answer is understood that nobody can read."""
CAN_BE_NO = (Question.CHILDREN, Question.SHARERS, Question.RENT, Question.MONTHS, Question.HOUSEHOLD)
"""Elsewhere a plain no means that somebody does not want to go on."""
FRESH, SKIP, BOTH, NONE = "fresh", "skip", "both", "none"


class Verdict(StrEnum):
    ASK = "ask"
    SHOW = "show"
    REFUSE = "refuse"
    STOP = "stop"


@dataclass(frozen=True)
class Line:
    """As it was understood. `choice` and `value` are those of a button."""

    text: str
    topic: str
    choice: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Known:
    """The state of the talk. `waiting` None: no questions are open. `shown`: an outcome was told in this conversation;
    `about`: it was the last thing that was talked about. `earlier`: a line before this one that was about work too."""

    today: date
    figures: FiguresOn
    answers: Answers = field(default_factory=Answers)
    waiting: Question | None = None
    shown: int | None = None
    about: bool = False
    earlier: str = ""


@dataclass(frozen=True)
class Heard:
    verdict: Verdict
    answers: Answers
    question: Question | None = None
    changes: Answers = field(default_factory=Answers)
    again: bool = False
    """The question was asked before, and this line did not answer it."""
    begins: bool = False
    remembered: Answers = field(default_factory=Answers)
    """What was known from before this talk."""
    refusal: Refusal | None = None
    garnished: bool = False
    based_on: int | None = None


def hear(line: Line, known: Known) -> Heard | None:
    """None when the line is for somebody else to answer."""
    if line.choice:
        return _pressed(line, known)
    if known.waiting:
        return _in_the_middle(line, known, known.waiting)
    if line.topic == TOPIC:
        return _begin(line, known)
    return _what_if(line, known)


def _in_the_middle(line: Line, known: Known, waiting: Question) -> Heard | None:
    if wants_to_stop(line.text) or (declines(line.text) and waiting not in CAN_BE_NO):
        return Heard(Verdict.STOP, known.answers)
    asked = is_question(line.text) and not supposes(line.text) and line.topic not in OF_WORK
    if asked or line.topic in OTHERS_FIRST:
        return None
    refusal = refusal_in(line.text)
    if refusal:
        return Heard(Verdict.REFUSE, known.answers, refusal=refusal)
    garnished = is_garnished(line.text)
    changes = changes_in(line.text, Before(known.answers, waiting, known.today)) or _plain_word(line.text, known)
    if changes:
        return _go_on(known.answers, changes, known, garnished=garnished)
    again = Heard(Verdict.ASK, known.answers, waiting, again=not garnished, garnished=garnished)
    return again if garnished or line.topic in UNCLEAR else None


def _plain_word(text: str, known: Known) -> Answers:
    """ "Weet ik niet", and "allebei" to a range of hours."""
    hours = known.answers.get("hours")
    if known.waiting is Question.HOURS and hours and "to" in hours and (agrees(text) or has_no_idea(text)):
        return {"hours": {**hours, "both": True}}
    return {"skipped": [cast(Question, known.waiting).value]} if has_no_idea(text) else {}


def _begin(line: Line, known: Known) -> Heard:
    """With what this line tells, and what was told before; who asks for the same again is asked what is different."""
    refusal = None if is_question(line.text) else refusal_in(line.text)
    if refusal:
        return Heard(Verdict.REFUSE, known.answers, refusal=refusal)
    changes = changes_in(line.text, Before(known.answers, None, known.today))
    if known.earlier and not known.answers:
        changes = put(changes_in(known.earlier, Before({}, None, known.today)), changes)
    base = known.answers
    if known.shown:
        base = by_the_hour(base, known.figures)
        base = base if changes else _without(base, Question.HOURS)
    return _go_on(base, changes, known, begins=True, garnished=is_garnished(line.text))


def _what_if(line: Line, known: Known) -> Heard | None:
    """After the outcome: a line that leans on it and changes something of it."""
    asked = is_question(line.text) and not supposes(line.text) and line.topic not in OF_WORK
    if asked or not (known.shown and leans(line.text)) or line.topic in OTHERS_FIRST:
        return None
    base = by_the_hour(known.answers, known.figures)
    changes = changes_in(line.text, Before(base, None, known.today))
    of_work = supposes(line.text) and ("hours" in changes or "wage" in changes)
    return _go_on(base, changes, known) if changes and (known.about or of_work) else None


def _pressed(line: Line, known: Known) -> Heard | None:
    """A button of this talk: an answer, another calculation, or all anew."""
    if line.choice == FRESH:
        return _go_on({}, {}, known, begins=True)
    if line.choice not in set(Question):
        return _begin(line, known)
    question, base = Question(line.choice), known.answers
    if known.shown and not known.waiting:
        base = by_the_hour(base, known.figures)
    if line.value is None:
        rest = _without(base, question)
        return Heard(Verdict.ASK, rest, question, begins=True, remembered=rest)
    changes = _chosen(question, line.value, known)
    return _go_on(base, changes, known, begins=not (known.waiting or known.shown))


def _without(answers: Answers, question: Question) -> Answers:
    return cast(Answers, {key: value for key, value in answers.items() if key not in (question, "last")})


def _chosen(question: Question, value: str, known: Known) -> Answers:
    """What a button says; one that says nothing any more is asked again."""
    hours = known.answers.get("hours")
    chosen: dict[str, object] = {}
    if value == SKIP:
        chosen = {"skipped": [question.value]}
    elif question is Question.HOURS and value == BOTH and hours:
        chosen = {question: {**hours, "both": True}}
    elif question is Question.HOUSEHOLD and value in set(Household):
        chosen = {question: value}
    elif value == NONE:
        chosen = {question: {"ages": []} if question is Question.CHILDREN else {}}
    else:
        return changes_in(value, Before({"hours": hours} if hours else {}, question, known.today))
    return cast(Answers, chosen)


def _go_on(base: Answers, changes: Answers, known: Known, begins: bool = False, garnished: bool = False) -> Heard:
    """Put together, and see what is left to ask."""
    answers = put(base, changes)
    answered = [question for question in Question if question in changes]
    if answered:
        answers["last"] = (known.waiting if known.waiting in answered else answered[0]).value
    refusal = refusal_by_age(answers, int(known.figures["aow_leeftijd"]))
    if refusal:
        return Heard(Verdict.REFUSE, base, refusal=refusal)
    question = next_question(answers, known.today)
    return Heard(
        Verdict.ASK if question else Verdict.SHOW,
        answers,
        question,
        changes,
        again=not begins and not changes,
        begins=begins,
        remembered=base if begins else Answers(),
        garnished=garnished,
        based_on=known.shown,
    )


def next_question(answers: Answers, today: date) -> Question | None:
    """The first that still matters."""
    on = day_of(answers, today)
    return next((one for one in Question if applies(answers, one, on) and not is_answered(answers, one)), None)
