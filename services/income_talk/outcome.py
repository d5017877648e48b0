"""Tell what came out: one sentence, now beside then, what changes, with what was calculated, and a way to the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from benefits.errors import ScenarioWrong
from benefits.income.ahead import Why, what_changes
from benefits.income.as_data import as_data
from benefits.income.effect import income_effect
from benefits.income.law import IncomeLaw
from benefits.income.outcome import Outcome
from benefits.income.read_scenario import read_scenario
from benefits.income.scenario import Scenario
from benefits.notation import euros_in_dutch
from services.answer_topic import human_button
from services.calendar import in_words
from services.income_talk.answers import Answers, Question
from services.income_talk.asking import EVERYTHING, button
from services.income_talk.deeds import new_public_id, shown, told
from services.income_talk.facts import facts, shown_hours
from services.income_talk.hear import FRESH, TOPIC, Heard
from services.income_talk.refusals import Refusal
from services.income_talk.situation import Policy, applies, as_document, until_hours
from services.phrases import Phrases
from services.words import Button, Way, Words

MOST_WORDS = 60
TOLD_FIRST = (
    "figures_outdated",
    "below_minimum_wage",
    "huurtoeslag_not_computed",
    "gross_bijstand_too_low",
    "huurtoeslag_clawback",
    "under_27_no_exemption",
    "iack_not_included",
    "parents_supplement_unknown",
    "cohabitant_income_unknown",
)
"""Warnings from the one that matters most; the page tells all of them."""
CHECKLIST = "work_checklist"


def tell_outcome(heard: Heard, phrases: Phrases, law: IncomeLaw, policy: Policy, today: date) -> tuple[Words, ...]:
    """Two or three short messages. A situation the law cannot be applied to is refused instead."""
    document, until = as_document(heard.answers, today, law, policy), until_hours(heard.answers)
    try:
        scenario = read_scenario(document, today, law)
    except ScenarioWrong:
        return (refuse(Refusal.NOT_POSSIBLE, heard, phrases),)
    found = [(scenario, income_effect(law, scenario))]
    if until is not None:
        further = replace(scenario, work=(replace(scenario.work[0], hours_per_week=until),))
        found.append((further, income_effect(law, further)))
    public_id = new_public_id()
    effect = shown(public_id, heard.answers, document, until, heard.based_on)
    way = Way(phrases.say("income_talk.way"), f"/berekening/{public_id}")
    first = Words("\n\n".join(_outcome(found, phrases, law)), topic=TOPIC, effects=(effect,), way=way)
    *more, last = _beside(heard, found[0], phrases, law)
    return (first, *(Words(text, topic=TOPIC) for text in more), Words(last, topic=TOPIC, buttons=_buttons(phrases)))


def refuse(refusal: Refusal, heard: Heard, phrases: Phrases) -> Words:
    """Why not, and whom to ask. What was told so far is left for who begins again."""
    again = button(phrases.say("button_start_again"), FRESH)
    return Words(
        phrases.say(f"income_talk.refused.{refusal}"),
        topic=TOPIC,
        buttons=(human_button(phrases), again),
        effects=(told(heard.answers, None),),
    )


def stop(heard: Heard, phrases: Phrases) -> Words:
    effects = (told(heard.answers, None),)
    return Words(phrases.say("income_talk.stopped"), topic=TOPIC, buttons=(human_button(phrases),), effects=effects)


def _buttons(phrases: Phrases) -> tuple[Button, ...]:
    return (
        button(phrases.say("button_other_hours"), Question.HOURS),
        Button(phrases.say("button_checklist"), f"/{CHECKLIST}"),
        human_button(phrases),
    )


def _outcome(found: list[tuple[Scenario, Outcome]], phrases: Phrases, law: IncomeLaw) -> Iterator[str]:
    """The sentence first, then now beside then."""
    if len(found) == 1:
        yield " ".join([_said("result", found[0][1].difference, phrases), *_later(*found[0], phrases, law)])
    else:
        yield " ".join(_said("result_at", o.difference, phrases, uren=_hours(s)) for s, o in found)
    yield "\n".join([_now(found[0][1], phrases), *(_then(s, o, phrases, len(found) > 1) for s, o in found)])
    yield phrases.say("income_talk.estimate")


def _said(key: str, difference: Decimal, phrases: Phrases, **values: str) -> str:
    """`more`, `less` or `same`; cents would say more than anybody knows."""
    rounded = _whole(difference)
    kind = "more" if rounded > 0 else "less" if rounded < 0 else "same"
    return phrases.say(f"income_talk.{key}.{kind}", bedrag=euros_in_dutch(abs(rounded)), **values)


def _later(scenario: Scenario, outcome: Outcome, phrases: Phrases, law: IncomeLaw) -> Iterator[str]:
    """When a part of the wage may not be kept any more, what is left then; and that bijstand stops."""
    if outcome.leaves_bijstand:
        yield phrases.say("income_talk.leaves")
    ends = next((change for change in what_changes(law, scenario) if Why.EXEMPTION in change.whys), None)
    if ends is not None and _whole(ends.outcome.difference) != _whole(outcome.difference):
        day = in_words(ends.day, phrases.language)
        yield _said("result_later", ends.outcome.difference, phrases, datum=day)


def _now(outcome: Outcome, phrases: Phrases) -> str:
    toeslagen = outcome.before.month
    return phrases.say(
        "income_talk.row_now",
        bedrag=_euros(outcome.income_before),
        wat=_euros(toeslagen),
        samen=_euros(outcome.income_before + toeslagen),
    )


def _then(scenario: Scenario, outcome: Outcome, phrases: Phrases, one_of_two: bool) -> str:
    settlement, toeslagen = outcome.settlement, outcome.after.month
    rest = phrases.say("income_talk.row_rest", bedrag=_euros(settlement.top_up), wat=_euros(toeslagen))
    return phrases.say(
        "income_talk.row_work_at" if one_of_two else "income_talk.row_work",
        uren=_hours(scenario),
        bedrag=_euros(settlement.net),
        wat=rest,
        samen=_euros(outcome.income_after + toeslagen),
    )


def _beside(heard: Heard, found: tuple[Scenario, Outcome], phrases: Phrases, law: IncomeLaw) -> Iterator[str]:
    """What to mind, as far as it fits in one message; and with what was calculated."""
    scenario, outcome = found
    minding = [phrases.say("income_talk.garnished")] if heard.garnished else []
    # Of a range it is not said above what is left later.
    first = ("exemption_ends",) if until_hours(heard.answers) else ()
    for sentence in _warnings(as_data(outcome, phrases.say), (*first, *TOLD_FIRST)):
        if len(" ".join([*minding, sentence]).split(" ")) <= MOST_WORDS:
            minding.append(sentence)
    if minding:
        yield "\n\n".join(minding)
    known = facts(heard.answers, _worth_telling(heard.answers, scenario.on), phrases, law.on(scenario.on))
    yield phrases.say("income_talk.counted_with", wat=known)


def _worth_telling(answers: Answers, on: date) -> list[str]:
    """All that was calculated with, except that nobody else is there and nothing was kept before."""
    empty = [key for key in (Question.SHARERS, Question.MONTHS) if not answers.get(key.value)]
    left_out = [question for question in Question if question in empty or not applies(answers, question, on)]
    return [key for key in EVERYTHING if key not in left_out]


def _warnings(data: dict[str, Any], codes: Sequence[str]) -> list[str]:
    by_code = {warning["code"]: warning["sentence"] for warning in data["warnings"]}
    return [by_code[code] for code in codes if code in by_code]


def _hours(scenario: Scenario) -> str:
    return shown_hours(f"{scenario.work[0].hours_per_week.normalize():f}")


def _whole(euros: Decimal) -> Decimal:
    return euros.quantize(Decimal(1), ROUND_HALF_UP)


def _euros(euros: Decimal) -> str:
    return euros_in_dutch(_whole(euros))
