"""A line that leans on the answer before it: which lines do, and what it changes."""

import csv
from pathlib import Path

import pytest

from services.follow_up import Heard, meant_after
from services.leaning_lines import asks_on, asks_why_briefly, hardly_is, is_bare, leans_back, names_nothing
from services.weigh_again import Leaning, related, understand_again

FOLLOW_UP: dict[str, list[str]] = {
    "norm": ["sharing", "pay_date", "talk_to_human"],
    "cohabiting": ["norm"],
    "car": ["wealth"],
    "sharing": [],
    "pay_date": [],
}
ANSWERABLE = {"norm", "sharing", "pay_date", "cohabiting", "car"}
PAIRS = Path(__file__).parent.parent / "nlu" / "leaning.csv"
TRIPLES = PAIRS.with_name("leaning_two.csv")
CONTENT = Path(__file__).parent.parent.parent / "content" / "topics"
NEAR = ["sharing", "pay_date", "cohabiting"]


@pytest.mark.parametrize(
    "line",
    [
        "En als ik samenwoon?",
        "en voor mijn partner",
        "what if I live with someone?",
        "hoeveel is dat dan?",
        "Maar én nu?",
    ],
)
def test_a_short_line_that_points_back_leans(line: str) -> None:
    assert leans_back(line)


@pytest.mark.parametrize(
    "line",
    [
        "mag ik sparen",
        "hoeveel vakantiegeld krijg ik",
        "",
        "en ik wilde ook nog vragen of ik naar mijn zus in Duitsland mag",
    ],
)
def test_a_line_that_tells_enough_itself_does_not(line: str) -> None:
    assert not leans_back(line)


@pytest.mark.parametrize("line", [
    "Waarom is dat?", "maar hoezo dan", "ik snap het niet", "what do you mean?", "why",
    "waarom moet dat", "waarom mag dat niet", "en waarom willen jullie dat weten", "why do I have to", "why is that",
])  # fmt: skip
def test_who_asks_why_asks_nothing_new(line: str) -> None:
    assert asks_on(line)


@pytest.mark.parametrize(
    "line",
    [
        "waarom moet ik vier weken wachten",
        "why do they need my bank statements",
        "wat is bijstand",
        "hoe vraag ik dat aan",
        "",
    ],
)
def test_who_says_about_what_does(line: str) -> None:
    assert not asks_on(line)


@pytest.mark.parametrize("line", ["hoe lang?", "Hoeveel tijd heb ik daarvoor", "telt dat mee", "how long does it take"])
def test_a_question_without_a_subject_is_bare(line: str) -> None:
    assert is_bare(line)


@pytest.mark.parametrize("line", ["hoeveel krijg ik", "hoe lang duurt een bezwaar", "where do I apply"])
def test_a_question_with_a_subject_is_not(line: str) -> None:
    assert not is_bare(line)


@pytest.mark.parametrize(
    "line",
    [
        "gaat dat van mijn uitkering af?",
        "Krijg ik daar geld voor",
        "is it free",
        "wie bepaalt dat dan",
        "moet ze iets doen",
    ],
)
def test_a_line_of_words_for_any_topic_names_nothing(line: str) -> None:
    assert names_nothing(line)


@pytest.mark.parametrize("line", ["hoeveel bijstand krijg ik", "moet dat met mijn auto", "is it on the invoice", ""])
def test_a_line_that_names_something_or_does_not_point_back_is_not_one(line: str) -> None:
    assert not names_nothing(line)


def test_a_longer_why_that_names_something_is_not_brief() -> None:
    assert not asks_why_briefly("why do they look at my savings")


@pytest.mark.parametrize("line", ["waarom maar vier weken", "why four weeks", "waarom krijg ik dan nog maar zo weinig"])
def test_a_brief_why_is_about_what_was_just_answered_when_it_is_not_clear_itself(line: str) -> None:
    unsure, sure = ({"car": share, "cohabiting": 0.02} for share in (0.5, 0.96))

    assert asks_why_briefly(line)
    assert meant_after(["pay_date"], Heard(line, "car", unsure), ANSWERABLE, FOLLOW_UP).topic == "pay_date"
    assert meant_after(["pay_date"], Heard(line, "car", sure), ANSWERABLE, FOLLOW_UP).topic == "car"


@pytest.mark.parametrize(
    ("understood", "meant"), [(None, "pay_date"), ("car", "pay_date"), ("talk_to_human", "talk_to_human")]
)
def test_a_line_that_names_nothing_is_about_what_was_just_answered_unless_it_does_something(
    understood: str | None, meant: str
) -> None:
    heard = Heard("gaat dat van mijn uitkering af", understood, {"car": 0.8, "wealth": 0.1})

    assert meant_after(["pay_date"], heard, ANSWERABLE, FOLLOW_UP).topic == meant


@pytest.mark.parametrize(("told", "meant"), [("Dan is de bijstand een lening.", "pay_date"), ("Dat mag.", "car")])
def test_a_brief_why_about_a_word_of_the_answer_is_about_that_answer(told: str, meant: str) -> None:
    heard = Heard("waarom een lening", "car", {"car": 0.9}, told)

    assert meant_after(["pay_date"], heard, ANSWERABLE, FOLLOW_UP).topic == meant


def test_a_no_is_a_no_and_what_if_not_is_a_question() -> None:
    assert not hardly_is("deny", "nee dat wil ik niet")
    assert hardly_is("deny", "en als ik dat niet wil?")
    assert hardly_is("affirm", "ik bedoel voor een gezin")
    assert hardly_is("deny", "is dat niet streng")


def test_topics_relate_both_ways_and_a_person_to_none() -> None:
    assert related("norm", FOLLOW_UP) == NEAR


def test_what_people_ask_next_becomes_clear() -> None:
    likely = {"car": 0.2, "cohabiting": 0.15, "wealth": 0.02}

    assert understand_again(likely, NEAR, ANSWERABLE).topic == "cohabiting"


def test_a_line_that_is_sure_of_something_else_stays_what_it_was() -> None:
    assert understand_again({"car": 0.9, "cohabiting": 0.05}, NEAR, ANSWERABLE).topic is None


def test_a_hint_of_something_related_is_offered_first_and_not_answered() -> None:
    heard = understand_again({"car": 0.06, "cohabiting": 0.03}, NEAR, ANSWERABLE)

    assert heard.topic is None
    assert heard.nearest[0] == "cohabiting"


def test_a_line_that_says_nothing_by_itself_offers_what_people_ask_next() -> None:
    heard = understand_again({"car": 0.02, "wealth": 0.02}, NEAR, ANSWERABLE)

    assert heard == Leaning(None, ("sharing", "pay_date", "cohabiting", "car", "wealth"))


def test_what_was_just_answered_can_be_meant_again_but_is_not_offered_for_nothing() -> None:
    assert understand_again({"norm": 0.2, "car": 0.1}, NEAR, ANSWERABLE, "norm").topic == "norm"
    assert "norm" not in understand_again({"car": 0.02}, NEAR, ANSWERABLE, "norm").nearest


def test_what_only_begins_a_form_is_offered_and_not_answered() -> None:
    heard = understand_again({"cohabiting": 0.4}, NEAR, ANSWERABLE - {"cohabiting"})

    assert (heard.topic, heard.nearest[0]) == (None, "cohabiting")


def test_the_answer_before_the_last_counts_less() -> None:
    likely = {"car": 0.3, "sharing": 0.06, "wealth": 0.06}

    assert understand_again(likely, ["sharing"], ANSWERABLE, "pay_date", ["car"]).topic == "car"
    assert understand_again({"car": 0.1, "sharing": 0.1}, ["sharing"], ANSWERABLE, "", ["car"]).nearest[0] == "sharing"


def test_what_belongs_to_the_answer_before_the_last_is_not_offered_for_nothing() -> None:
    assert "cohabiting" not in understand_again({"car": 0.02}, ["sharing"], ANSWERABLE, "", ["cohabiting"]).nearest


def test_what_is_meant_by_itself_is_not_weighed_beside_an_older_answer() -> None:
    heard = Heard("en mijn auto?", "car", {"car": 0.75, "cohabiting": 0.2})

    assert meant_after(["pay_date", "norm"], heard, ANSWERABLE, FOLLOW_UP).topic == "car"


def test_what_is_no_question_need_not_be_sure() -> None:
    heard = Heard("dat is fijn", "thank", {"thank": 0.5, "car": 0.1})

    assert meant_after(["pay_date"], heard, ANSWERABLE, FOLLOW_UP).topic == "thank"


@pytest.mark.parametrize(("file", "enough"), [(PAIRS, 40), (TRIPLES, 15)])
def test_the_lines_it_is_measured_on_are_enough_and_name_topics_that_exist(file: Path, enough: int) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    named = {name for row in rows for name in (row["previous"], row.get("older", "car"), *row["topics"].split("|"))}

    assert sum(row["part"] == "measure" for row in rows) >= enough
    assert len({(row["previous"], row["line"]) for row in rows}) == len(rows)
    assert named <= {file.stem for file in CONTENT.rglob("*.yaml")}
