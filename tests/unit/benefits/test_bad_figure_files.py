"""A figure file that breaks the form stops the start, with an error that names file and key."""

from datetime import date
from pathlib import Path

import pytest

from benefits.errors import FigureFileWrong, FigureNotKnown
from benefits.figures import Figures, read_figures

GOOD = """\
id: norm
description: Een norm
unit: eur_per_month
article: artikel 21 Participatiewet
values:
- valid_from: 2026-01-01
  valid_to: 2026-06-30
  value: 1401.50
  source: Normenbrief
  confidence: seen_in_source
  checked_on: 2026-11-22
- valid_from: 2026-07-01
  valid_to: 2026-12-31
  value: 1419.46
  source: Staatscourant
  confidence: seen_in_source
  checked_on: 2026-11-22
"""
PARTS = "  value:\n    alleen: 8000\n    samen: 16000\n"


def load(folder: Path, text: str, name: str = "norm.yaml") -> Figures:
    (folder / name).write_text(text, encoding="utf-8")
    return read_figures(folder)


def test_the_example_itself_is_good(tmp_path: Path) -> None:
    assert str(load(tmp_path, GOOD).on("norm", date(2026, 7, 1)).value) == "1419.46"


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("id: norm", "id: nrom", "id", "has to be the name of the file"),
        ("description: Een norm\n", "", "description", "is missing"),
        ("article: artikel 21 Participatiewet\n", "", "article", "is missing"),
        ("article: artikel 21 Participatiewet", "article: ''", "article", "has to be a text"),
        ("  source: Staatscourant\n", "", "values.2.source", "is missing"),
        ("  source: Staatscourant", "  source: 12", "values.2.source", "has to be a text"),
        ("unit: eur_per_month", "unit: guilders", "unit", "guilders is not one of"),
        ("unit: eur_per_month", "unit: eur_per_month\nannounced: 1500", "announced", "is an unknown key"),
        ("  source: Staatscourant", "  source: Staatscourant\n  sauce: x", "values.2.sauce", "is an unknown key"),
        ("  confidence: seen_in_source", "  confidence: sure", "values.1.confidence", "sure is not one of"),
        ("  valid_to: 2026-06-30", "  valid_to: 2026-07-01", "values.2.valid_from", "overlaps"),
        ("  valid_to: 2026-06-30", "  valid_to: 2026-06-29", "values", "nothing holds from 2026-06-30 to 2026-06-30"),
        ("  valid_to: 2026-06-30", "  valid_to: null", "values.1.valid_to", "only the last value can be open"),
        ("  valid_to: 2026-12-31", "  valid_to: 2026-06-01", "values.2.valid_to", "lies before 2026-07-01"),
        ("  valid_to: 2026-12-31", "  valid_to: soon", "values.2.valid_to", "has to be a date"),
        ("valid_from: 2026-07-01", "valid_from: 2026", "values.2.valid_from", "has to be a date"),
        ("values:\n", "values: none\nnote:\n", "values", "has to be a list"),
        ("value: 1419.46", "value: € 1.419", "values", "has the words"),
        ("value: 1419.46", "value: 1419.465", "values", "has part of a cent"),
        ("value: 1419.46", "value: 1_419.46", "line 14", "is not a plain number"),
        ("value: 1419.46", "value: 0144", "line 14", "is not a plain number"),
        ("value: 1419.46", "value: .inf", "line 14", "is not a plain number"),
        ("value: 1419.46", "value: true", "values.2.value", "neither a number nor a text"),
        ("value: 1419.46", "value: {20: 1}", "values.2.value", "write it between quotes"),
        ("value: 1419.46", "value: 1419.46\n  value: 1500", "line 15", "key value stands twice"),
        ("unit: eur_per_month", "unit: mixed", "units", "is missing"),
        ("unit: eur_per_month", "unit: eur\nunits: {a: eur}", "units.a", "is an unknown key"),
        ("unit: eur_per_month", "unit: text", "values", "is text but has the number"),
        ("unit: eur_per_month", "unit: eur\nended: true", "why", "belongs with ended or refresh"),
        ("unit: eur_per_month", "unit: eur\nended: maybe\nwhy: x", "ended", "has to be true or false"),
        ("unit: eur_per_month", "unit: eur\nrefresh: later\nwhy: x", "refresh", "can only be known_gap"),
        ("unit: eur_per_month", "unit: eur\nparts: {b: {ended: true, why: x}}", "parts.b", "is an unknown key"),
        (
            "unit: eur_per_month",
            "unit: eur\nholes:\n- {from: 2025-01-01, to: 2025-02-01, why: x}",
            "holes",
            "there is no hole from 2025-01-01",
        ),
    ],
)
def test_a_bad_file_is_refused_by_file_and_key(tmp_path: Path, old: str, new: str, key: str, problem: str) -> None:
    assert old in GOOD
    with pytest.raises(FigureFileWrong) as caught:
        load(tmp_path, GOOD.replace(old, new, 1))

    assert caught.value.file == tmp_path / "norm.yaml"
    assert caught.value.key == key
    assert problem in caught.value.problem
    assert str(caught.value).startswith(f"{tmp_path / 'norm.yaml'}: {key}: ")


def test_one_id_in_two_folders_is_refused_and_names_both(tmp_path: Path) -> None:
    (tmp_path / "awb").mkdir()
    (tmp_path / "awb" / "norm.yaml").write_text(GOOD, encoding="utf-8")

    with pytest.raises(FigureFileWrong, match=r"awb/norm\.yaml") as caught:
        load(tmp_path, GOOD)
    assert caught.value.key == "id"
    assert caught.value.file == tmp_path / "norm.yaml"


def test_an_open_figure_cannot_have_ended(tmp_path: Path) -> None:
    text = GOOD.replace("valid_to: 2026-12-31", "valid_to: null").replace("values:", "ended: true\nwhy: x\nvalues:")

    with pytest.raises(FigureFileWrong, match="ended: norm has no last day"):
        load(tmp_path, text)


def test_a_part_that_skips_a_period_is_a_hole(tmp_path: Path) -> None:
    first, second, third = "2026-01-01", "2026-07-01", "2027-01-01"
    entry = GOOD[GOOD.index("- valid_from: 2026-07-01") :].replace(second, third).replace("2026-12-31", "null")
    text = (GOOD + entry).replace("  value: 1401.50\n", PARTS).replace("  value: 1419.46\n", PARTS)
    assert first in text
    skipping = text.replace(PARTS, "  value:\n    alleen: 8000\n", 2).replace("    alleen: 8000\n", PARTS[9:], 1)

    load(tmp_path, text)
    with pytest.raises(FigureFileWrong, match="nothing holds from 2026-07-01 to 2026-12-31"):
        load(tmp_path, skipping)


def test_a_declared_hole_is_allowed(tmp_path: Path) -> None:
    text = GOOD.replace("valid_to: 2026-06-30", "valid_to: 2026-05-31")
    hole = "holes:\n- {from: 2026-06-01, to: 2026-06-30, why: not read}\nvalues:"
    figures = load(tmp_path, text.replace("values:", hole))
    with pytest.raises(FigureNotKnown):
        figures.on("norm", date(2026, 6, 15))
    assert figures.on("norm", date(2026, 5, 31)).valid_to == date(2026, 5, 31)


@pytest.mark.parametrize("text", ["", "- a list", "just words"])
def test_a_file_without_a_mapping_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FigureFileWrong, match=r"norm\.yaml: the file: is not a mapping"):
        load(tmp_path, text)


def test_a_figure_without_values_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FigureFileWrong, match=r"norm\.yaml: values: is empty"):
        load(tmp_path, GOOD[: GOOD.index("values:")] + "values: []\n")


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(FigureFileWrong, match=r"norm\.yaml: line 4: "):
        load(tmp_path, "id: norm\nunit: eur\narticle: [x\nid: y")


def test_an_empty_folder_is_an_error_and_not_an_empty_law(tmp_path: Path) -> None:
    with pytest.raises(FigureFileWrong, match="holds no figures"):
        read_figures(tmp_path)
