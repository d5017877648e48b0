"""The talk about what is left of a wage, through the real actions and on both databases."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from sqlalchemy import func, select

from benefits.notation import euros_in_dutch
from db.models import Calculation, Message
from db.models.calculation import CalculationState
from services.answering import settle_line
from services.income_talk.deeds import told
from services.words import Words
from tests.integration.income_talk.conftest import Talk

pytestmark = pytest.mark.anyio
ALONE = ("20 uur", "15 euro", "ik woon alleen", "34", "niemand", "640", "nog niet")


def labels(message: Message) -> list[str]:
    return [button["label"] for button in message.detail.get("buttons", [])]


def whole(amount: Decimal) -> str:
    return euros_in_dutch(amount.quantize(Decimal(1), ROUND_HALF_UP))


async def test_one_question_after_another_leads_to_the_amounts_of_the_law(talk: Talk) -> None:
    await talk.begins()
    outcome, *_, last = await talk.tells(*ALONE)

    found = talk.apart()
    assert f"**{whole(found.difference)} per maand** meer" in outcome.text
    assert whole(found.settlement.net) in outcome.text
    assert whole(found.settlement.top_up) in outcome.text
    assert "schatting, geen beschikking" in outcome.text
    assert labels(last) == ["Andere uren", "Wat moet ik regelen?", "Medewerker"]


async def test_at_most_eight_questions_are_asked(talk: Talk) -> None:
    await talk.begins()
    answers = ["20 uur", "minimumloon", "alleen met kinderen", "34", "5 en 8", "niemand", "geen huur", "nog niet"]
    asked = [(await talk.says(answer))[0].text for answer in answers[:-1]]

    assert all(text.rstrip(".").endswith("?") or "?" in text for text in asked)
    assert "per maand" in (await talk.says(answers[-1]))[0].text


async def test_an_outcome_is_kept_as_it_was_said(talk: Talk) -> None:
    await talk.begins()
    outcome = (await talk.tells(*ALONE))[0]

    (kept,) = talk.calculations()
    assert outcome.detail["way"]["page"] == f"/berekening/{kept.public_id}"
    assert (kept.state, kept.asking, kept.shown_at) == (CalculationState.SHOWN, None, talk.town.clock())
    assert kept.outcome is not None
    assert kept.outcome["difference"] == str(talk.apart().difference.quantize(Decimal("0.01")))


async def test_every_answer_is_kept_before_the_next_question(talk: Talk) -> None:
    await talk.begins("reken uit: 20 uur voor 15 euro")

    kept = talk.newest()
    assert (kept.state, kept.asking) == (CalculationState.ASKING, "household")
    assert kept.answers["hours"] == {"low": "20"}


async def test_a_night_and_a_forgotten_form_do_no_harm(talk: Talk) -> None:
    """Rasa may lose its form: what was told is in our database, and the next line goes on."""
    await talk.begins()
    await talk.tells(*ALONE[:3])
    talk.rasa.form = None
    talk.town.clock.forward(hours=14)

    assert "27 jaar of ouder" in (await talk.says("34"))[0].text


async def test_a_question_in_between_is_answered_and_the_talk_goes_on(talk: Talk) -> None:
    await talk.begins()
    answer, again = await talk.says("mag ik 5000 euro sparen?", "wealth_limit")

    assert (answer.text, answer.topic) == ("Sparen mag.", "wealth_limit")
    assert "Hoeveel uur per week" in again.text
    assert "wage" not in talk.newest().answers


async def test_a_range_is_shown_and_asked_and_both_ends_are_said(talk: Talk) -> None:
    await talk.begins()
    asked = (await talk.says("zo'n 16 tot 20 uur denk ik"))[0]
    assert labels(asked)[:3] == ["16 uur", "20 uur", "Allebei"]
    await talk.presses("hours", "both")
    outcome = (await talk.tells(*ALONE[1:]))[0]

    assert "Bij 16 uur houdt u" in outcome.text
    assert "Bij 20 uur houdt u" in outcome.text
    assert talk.outcome["asked"] == ["16", "20"]


async def test_what_is_skipped_has_a_default_that_is_said(talk: Talk) -> None:
    await talk.begins()
    await talk.says("20")
    skipped = (await talk.presses("wage", "skip"))[0]

    assert "Dan reken ik met: het minimumloon van €\xa014,99 bruto per uur." in skipped.text
    assert "wage" in talk.newest().answers["skipped"]


async def test_changing_ones_mind_overwrites(talk: Talk) -> None:
    await talk.begins()
    await talk.tells("20 uur", "nee wacht, 24 uur", *ALONE[1:])

    assert talk.scenario["work"][0]["hours_per_week"] == 24


async def test_a_what_if_makes_another_calculation(talk: Talk) -> None:
    await talk.begins()
    await talk.tells(*ALONE)
    outcome = (await talk.says("en als ik 32 uur werk?", "work_income_effect"))[0]

    first, second = talk.calculations()
    assert (second.based_on, second.answers["hours"], first.answers["hours"]) == (
        first.id,
        {"low": "32"},
        {"low": "20"},
    )
    assert f"**{whole(talk.apart().difference)} per maand**" in outcome.text


async def test_a_what_if_that_needs_more_asks_it(talk: Talk) -> None:
    await talk.begins()
    await talk.tells(*ALONE)
    assert "Hoe oud is uw partner" in (await talk.says("en als ik samenwoon?", "cohabiting"))[0].text
    assert "kinderen" in (await talk.says("31"))[0].text
    outcome = (await talk.says("nee", "deny"))[0]

    assert "per maand" in outcome.text
    assert talk.scenario["household"]["type"] == "paar"


async def test_a_wage_of_a_month_is_one_of_an_hour_when_hours_change(talk: Talk) -> None:
    await talk.begins()
    await talk.tells("20 uur", "1300 bruto per maand", *ALONE[2:])
    await talk.says("en als ik 30 uur werk?")

    assert talk.scenario["work"][0]["hourly_wage"] == "15.00"


async def test_another_calculation_shows_what_is_known_and_asks_the_hours(talk: Talk) -> None:
    await talk.begins()
    await talk.tells(*ALONE)
    asked = (await talk.presses("hours"))[0]

    assert asked.text.startswith("Ik weet nog: €\xa015 bruto per uur")
    assert labels(asked)[-1] == "Opnieuw beginnen"
    assert "per maand" in (await talk.says("12"))[0].text


async def test_all_can_be_begun_anew(talk: Talk) -> None:
    await talk.begins()
    await talk.tells(*ALONE)
    await talk.presses("fresh")

    assert talk.newest().answers == {}


@pytest.mark.parametrize("text", ["stop", "ik wil stoppen", "nee"])
async def test_who_wants_to_stop_can(talk: Talk, text: str) -> None:
    await talk.begins()
    await talk.says("20 uur")
    stopped = (await talk.says(text, "deny"))[0]

    assert stopped.text.startswith("Goed, ik stop met rekenen.")
    assert (talk.rasa.form, talk.newest().asking) == (None, None)
    assert "Ik weet nog: 20 uur per week" in (await talk.begins())[0].text


async def test_what_is_not_read_is_asked_in_other_words_with_a_person(talk: Talk) -> None:
    await talk.begins()
    again = (await talk.says("tja dat ligt eraan"))[0]

    assert again.text.startswith("Dat antwoord begrijp ik niet goed. Dat ligt aan mij.")
    assert "Medewerker" in labels(again)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ik ben zzp'er", "Als zelfstandige"),
        ("ik heb ook wajong", "Wajong"),
        ("ik krijg al AOW", "AOW-leeftijd"),
        ("ik zit in de ziektewet", "andere uitkering"),
        ("ik woon in de daklozenopvang", "opvang of instelling"),
    ],
)
async def test_situations_with_other_rules_are_refused_with_whom_to_ask(talk: Talk, line: str, said: str) -> None:
    await talk.begins()
    refused = (await talk.says(line))[0]

    assert said in refused.text
    assert labels(refused) == ["Medewerker", "Opnieuw beginnen"]
    assert talk.rasa.form is None


async def test_a_seized_wage_is_pointed_out_and_calculated(talk: Talk) -> None:
    await talk.begins()
    warned = (await talk.says("er ligt loonbeslag"))[0]
    assert "beslag" in warned.text
    assert "Hoeveel uur" in warned.text


async def test_a_wage_below_the_minimum_is_pointed_out_with_what_it_is(talk: Talk) -> None:
    await talk.begins()
    _, minding, _ = await talk.tells("20 uur", "11 euro", *ALONE[2:])

    assert "minimumloon van €\xa014,99 per uur" in minding.text


async def test_a_day_beyond_the_figures_is_said(talk: Talk) -> None:
    talk.town.clock.now = talk.town.clock.now.replace(year=2027, month=3)
    await talk.begins()
    said = await talk.tells(*ALONE)

    assert any("Deze bedragen golden tot en met 31 december 2026." in message.text for message in said)


async def test_what_was_told_to_the_question_before_is_not_asked_again(talk: Talk) -> None:
    await talk.says("hoeveel houd ik over als ik 20 uur bij de jumbo werk voor 15 euro", "work_income_effect")
    asked = (await talk.begins("Berekening maken"))[0]

    assert "Ik reken met: 20 uur per week, €\xa015 bruto per uur." in asked.text
    assert "Met wie woont u?" in asked.text


async def test_no_message_is_longer_than_people_read(talk: Talk) -> None:
    said = await talk.begins("reken uit: 16 tot 20 uur voor 11 euro, ik ben 34 en woon met mijn vrouw van 31")
    for line in ("allebei", "5, 8 en 11", "ja mijn moeder", "640", "4"):
        said += await talk.says(line)

    assert [message.text for message in said if len(message.text.split(" ")) > 60] == []


async def test_written_twice_is_there_once(talk: Talk) -> None:
    """A line is settled by one process only, and its deeds with it."""
    await talk.begins()
    with talk.town.database.writing() as session:
        again = Words("nog eens", effects=(told({}, "wage"),))
        assert settle_line(session, talk.line, "us", [again], talk.town.clock(), law=talk.law) is False
        assert session.scalar(select(func.count()).select_from(Calculation)) == 1


async def test_nothing_of_another_conversation_is_known(talk: Talk) -> None:
    await talk.begins()
    await talk.tells(*ALONE)
    talk.address = "somebody else"
    asked = (await talk.begins())[0]

    assert asked.text.startswith("Ik reken uit wat u ongeveer overhoudt")


async def test_work_that_begins_in_the_new_year_is_calculated_by_its_law(talk: Talk) -> None:
    await talk.begins("reken uit voor 20 uur vanaf 1 januari 2027")
    await talk.tells(*ALONE[1:])

    assert talk.scenario["on"] == date(2027, 1, 1).isoformat()
    assert talk.outcome["exemption"]["kind"] == "34a"


async def test_nobody_is_an_answer_also_when_it_sounds_angry(talk: Talk) -> None:
    await talk.begins()
    await talk.tells("20 uur", "minimumloon", "met mijn partner", "34 en 36")
    assert talk.newest().asking == "children"
    await talk.says("niemand", "frustration")

    assert talk.newest().answers["children"] == {"ages": []}
    assert talk.newest().asking != "children"
