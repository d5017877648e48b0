"""The Rasa-free core: the same message in many spellings, the same model from the same examples, nothing half read."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import builders
import numpy as np
import pytest
from conftest import NLU
from understanding import storage
from understanding.errors import ManifestUnreadable, PartChanged, PartMissing, TooFewExamples
from understanding.learn import learn
from understanding.model import FALLBACK, Understanding
from understanding.normalise import normalise
from understanding.spelling import spelled_by_ear
from understanding.threshold import HeldBack, Line, choose, elsewhere, outcome, strangeness


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return learn(builders.examples())


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("  Hoeveel   SPAARGELD?", "hoeveel spaargeld ?"),
        ("€ 1.250,50 op de bank", "geldbedrag op de bank"),
        ("ik heb 5000 euro", "ik heb geldbedrag"),
        ("10k gewonnen", "geldbedrag gewonnen"),
        ("25% van mijn loon", "procentgetal van mijn loon"),
        ("op 12-05-2026 om 14:30", "op datumgetal om tijdstip"),
        ("sinds 2024", "sinds jaartal"),
        ("ik ben 27 en bel 112", "ik ben 27 en bel 112"),
        ("brief 12345678", "brief getal"),
        ("heeeeel graaaag!!!", "heel graag"),
        ("één financiële zo'n m’n", "een financiele zon mn"),
        ("ｖａｋａｎｔｉｅ", "vakantie"),
        ("va\u200bkan\u202etie\x00ja", "vakantie ja"),
        ("Hallo, mag ik een auto hebben?", "mag ik een auto hebben ?"),
        ("goedemiddag mevrouw, hoeveel spaargeld mag ik hebben", "hoeveel spaargeld mag ik hebben"),
        ("hoi, nog vragen", "hoi nog vragen"),
        ("🙂", ""),
    ],
)
def test_one_notation(typed: str, seen: str) -> None:
    assert normalise(typed) == seen


@pytest.mark.parametrize(
    ("right", "by_ear"), [("mijn", "mein"), ("vakantie", "fakansie"), ("auto", "outo"), ("gescheiden", "gesgeide"), ("geld", "gelt")]
)
def test_spelled_by_ear_comes_near(right: str, by_ear: str) -> None:
    assert spelled_by_ear(right)[:4] == spelled_by_ear(by_ear)[:4]


def test_a_long_message_costs_bounded_time() -> None:
    assert len(normalise("a b " * 100_000)) <= 2000


def test_known_questions_are_understood(understanding: Understanding) -> None:
    assert understanding.parse("Hoeveel spaargeld mag ik hebben?").topic == "wealth_limit"
    assert understanding.parse("hoevel spaargelt mag ik").ranking[0][0] == "wealth_limit"


def test_what_has_no_known_piece_falls_back_but_ranks(understanding: Understanding) -> None:
    parse = understanding.parse("")
    assert parse.topic == FALLBACK and len(parse.ranking) == len(understanding.topics)
    assert FALLBACK not in [name for name, _ in parse.ranking]


@pytest.mark.parametrize("text", ["16", "14,50", "€ 2.000", "24-11"])
def test_a_number_alone_is_about_nothing_yet(understanding: Understanding, text: str) -> None:
    assert understanding.parse(text).topic == FALLBACK


def test_together_or_alone_gives_the_same(understanding: Understanding) -> None:
    texts = [text for text, _ in builders.examples()]
    assert understanding.parse_all(texts) == [understanding.parse(text) for text in texts]


def test_the_same_examples_give_the_same_bytes(understanding: Understanding, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    models = [understanding, learn(reversed(builders.examples()))]
    for folder, model in zip(folders, models):
        folder.mkdir()
        storage.write(model, folder)
    sums = [[hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in storage.PARTS] for folder in folders]
    assert sums[0] == sums[1]


def test_what_is_read_says_what_was_written(understanding: Understanding, tmp_path: Path) -> None:
    storage.write(understanding, tmp_path)
    texts = [text for text, _ in builders.examples()] + ["iets heel anders"]
    assert storage.read_folder(tmp_path).parse_all(texts) == understanding.parse_all(texts)


@pytest.mark.parametrize("part", storage.PARTS)
def test_a_missing_part_is_refused_by_name(understanding: Understanding, tmp_path: Path, part: str) -> None:
    storage.write(understanding, tmp_path)
    (tmp_path / part).unlink()
    with pytest.raises(PartMissing, match=part):
        storage.read_folder(tmp_path)


@pytest.mark.parametrize("part", storage.PARTS)
def test_a_changed_part_is_refused_by_name(understanding: Understanding, tmp_path: Path, part: str) -> None:
    storage.write(understanding, tmp_path)
    content = bytearray((tmp_path / part).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / part).write_bytes(bytes(content))
    with pytest.raises(PartChanged, match=part):
        storage.read_folder(tmp_path)


@pytest.mark.parametrize("manifest", [None, "", "[]", json.dumps({"format": 99})])
def test_without_a_manifest_nothing_is_read(understanding: Understanding, tmp_path: Path, manifest: str | None) -> None:
    storage.write(understanding, tmp_path)
    (tmp_path / storage.MANIFEST).unlink()
    if manifest is not None:
        (tmp_path / storage.MANIFEST).write_text(manifest)
    with pytest.raises(ManifestUnreadable):
        storage.read_folder(tmp_path)


@pytest.mark.parametrize("examples", [[], [("a b", "one"), ("c d", "one")], [("a", "x"), ("b", "x"), ("c", "y")]])
def test_too_few_examples_are_refused(examples: list[tuple[str, str]]) -> None:
    with pytest.raises(TooFewExamples):
        learn(examples)


def test_two_topics_are_enough() -> None:
    model = learn([("geld sparen", "x"), ("spaargeld", "x"), ("naar turkije", "y"), ("vakantie turkije", "y")])
    assert model.parse("spaargeld").ranking[0][0] == "x"


def test_the_line_refuses_strays_that_are_less_sure() -> None:
    sure, unsure = [0.9, 0.06, 0.04], [0.4, 0.3, 0.3]
    likely = np.array([sure] * 20 + [unsure] * 20)
    labels = np.array([0] * 20 + [2] * 20)
    held_back = HeldBack.of(likely, labels, ["a", "b", "out_of_scope"])
    line = choose(held_back)
    assert line.falls_back(held_back.ordered, held_back.strange).tolist() == [False] * 20 + [True] * 20


def test_what_lies_a_little_near_to_many_that_are_not_ours_falls_back() -> None:
    topics = ["a", "elsewhere_b", "elsewhere_c", "out_of_scope"]
    likely = np.array([[0.7, 0.1, 0.1, 0.1], [0.7, 0.05, 0.02, 0.02], [0.1, 0.7, 0.1, 0.1]])
    strange = strangeness(likely, elsewhere(topics))
    assert strange.tolist() == pytest.approx([0.3, 0.09, 0.0])
    assert Line(0.2, 0.0, 0.1).falls_back(-np.sort(-likely), strange).tolist() == [True, False, False]


def test_a_pointer_elsewhere_is_right_for_what_is_nowhere_and_no_answer_of_ours() -> None:
    topics = ["a", "elsewhere_b", "out_of_scope"]
    likely = np.array([[0.1, 0.8, 0.1], [0.8, 0.1, 0.1], [0.1, 0.2, 0.7], [0.2, 0.7, 0.1]])
    counted = outcome(Line(0.0, 0.0), HeldBack.of(likely, np.array([2, 2, 1, 0]), topics))
    assert (counted.top1, counted.answered_right, counted.answered_wrong) == (0.25, 0.25, 0.75)
    assert counted.strays_answered == pytest.approx(1 / 3)


def test_two_topics_too_near_to_each_other_fall_back() -> None:
    assert Line(0.2, 0.05).falls_back(np.array([[0.42, 0.40], [0.6, 0.2], [0.1, 0.0]])).tolist() == [True, False, True]


def test_the_core_never_imports_rasa() -> None:
    code = "import sys, archive, understanding.learn; sys.exit(any(m.split('.')[0] in ('rasa', 'tensorflow') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=NLU, check=False).returncode == 0
