"""Ask the next question: what was taken from the line before it, the question itself, and its buttons."""

import json
from collections.abc import Iterator

from benefits.income.law import FiguresOn
from services.answer_topic import human_button
from services.income_talk.ages import PARTNER, SELF
from services.income_talk.answers import Answers, Question, is_couple
from services.income_talk.deeds import told
from services.income_talk.facts import facts, shown_hours
from services.income_talk.hear import BOTH, FRESH, NONE, SKIP, TOPIC, Heard
from services.income_talk.household import Household
from services.phrases import Phrases
from services.words import Button, Words

HOURS_OFFERED = ("8", "16", "24")
ALL_MONTHS = ("pw_vrijlating_n_maanden", "pw_34a_maanden")
"""Of the exemption that nearly everybody has: the old one, and the one that takes its place."""
EXAMPLES = {Question.HOURS: ("16", "20"), Question.AGES: ("", "34")}
EVERYTHING = tuple(Answers.__annotations__)


def ask(heard: Heard, phrases: Phrases, figures: FiguresOn) -> Words:
    """Raises KeyError when nothing is left to ask."""
    question = heard.question
    assert question is not None  # noqa: S101  only what is to be asked comes here
    return Words(
        " ".join([*_before(heard, phrases, figures), _question(question, heard, phrases)]),
        topic=TOPIC,
        buttons=_buttons(question, heard, phrases, figures),
        effects=(told(heard.answers, question.value),),
    )


def button(label: str, choice: str, value: str | None = None) -> Button:
    """Of this talk: it says which question it answers, also when another one waits by then."""
    values = {"choice": choice} | ({"value": value} if value is not None else {})
    return Button(label, f"/{TOPIC}{json.dumps(values)}")


def _before(heard: Heard, phrases: Phrases, figures: FiguresOn) -> Iterator[str]:
    """What was understood, so that a mistake is seen at once."""
    skipped = heard.changes.get("skipped", [])
    known = [key for key in EVERYTHING if key in heard.remembered]
    if heard.begins and (remembered := facts(heard.remembered, known, phrases, figures)):
        yield phrases.say("income_talk.remembered", wat=remembered)
    elif heard.begins and not heard.changes:
        yield phrases.say("income_talk.begin")
    if heard.garnished:
        yield phrases.say("income_talk.garnished")
    if skipped:
        yield phrases.say("income_talk.skipped", wat=facts(heard.answers, skipped, phrases, figures))
    elif taken := facts(heard.answers, _worth_telling(heard), phrases, figures):
        yield phrases.say("income_talk.taken", wat=taken)
    if heard.again:
        yield phrases.say("income_talk.not_read")


def _worth_telling(heard: Heard) -> list[str]:
    """Not a range that is just being asked about, nor children whose ages are."""
    changed = [key for key in heard.changes if key not in ("skipped", "last")]
    return [key for key in changed if key != heard.question]


def _question(question: Question, heard: Heard, phrases: Phrases) -> str:
    hours = heard.answers.get("hours")
    if question is Question.HOURS and hours and "to" in hours:
        return phrases.say("income_talk.ask.range", uren=shown_hours(hours["low"]), wat=shown_hours(hours["to"]))
    if heard.again:
        uren, wat = EXAMPLES.get(question, ("", ""))
        return phrases.say(f"income_talk.ask.{question}.again", uren=uren, wat=wat)
    if question is Question.AGES:
        return phrases.say(f"income_talk.ask.{_whose_age(heard.answers)}")
    if question is Question.CHILDREN and heard.answers.get("household") == Household.WITH_CHILDREN:
        return phrases.say("income_talk.ask.children.ages")
    return phrases.say(f"income_talk.ask.{question}")


def _whose_age(answers: Answers) -> str:
    if not is_couple(answers):
        return "ages"
    known = answers.get("ages", {})
    if str(SELF) in known:
        return "ages.partner"
    return "ages.self" if str(PARTNER) in known else "ages.both"


def _buttons(question: Question, heard: Heard, phrases: Phrases, figures: FiguresOn) -> tuple[Button, ...]:
    """At most three answers, and that one does not know; who is asked twice may rather have a person."""
    skip = button(phrases.say("button_no_idea"), question, SKIP)
    choices = [button(label, question, value) for label, value in _choices(question, heard.answers, phrases, figures)]
    if heard.again:
        return (*choices[:2], skip, human_button(phrases))
    if heard.begins and heard.remembered:
        return (*choices[:3], button(phrases.say("button_start_again"), FRESH))
    return (*choices, skip)


def _choices(question: Question, answers: Answers, phrases: Phrases, figures: FiguresOn) -> Iterator[tuple[str, str]]:
    match question:
        case Question.HOURS:
            yield from _choices_of_hours(answers, phrases)
        case Question.WAGE:
            yield phrases.say("button_minimum_wage"), "minimumloon"
        case Question.HOUSEHOLD:
            yield phrases.say("button_alone"), Household.ALONE
            yield phrases.say("button_with_children"), Household.WITH_CHILDREN
            yield phrases.say("button_with_partner"), Household.WITH_PARTNER
        case Question.CHILDREN if is_couple(answers):
            yield phrases.say("button_no_children"), NONE
        case Question.SHARERS:
            for key, value in (("button_nobody", "0"), ("button_one_person", "1"), ("button_two_people", "2")):
                yield phrases.say(key), value
        case Question.RENT:
            yield phrases.say("button_no_rent"), NONE
        case Question.MONTHS:
            most = str(int(figures[next(ref for ref in ALL_MONTHS if ref in figures)]))
            yield phrases.say("button_not_yet"), "0"
            yield phrases.say("button_months", wat=most), most


def _choices_of_hours(answers: Answers, phrases: Phrases) -> Iterator[tuple[str, str]]:
    hours = answers.get("hours")
    offered = (hours["low"], hours["to"]) if hours and "to" in hours else HOURS_OFFERED
    for one in offered:
        yield phrases.say("button_hours", uren=shown_hours(one)), one
    if offered is not HOURS_OFFERED:
        yield phrases.say("button_both"), BOTH
