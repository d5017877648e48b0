"""This file fails when a figure of law has run out, and then tells how to refresh it. It reads the real clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from benefits.figures import load_figures
from benefits.stale import gaps_that_are_filled, how_to_refresh, known_gaps_on, stale_on

# Looked for and not found on 2026-11-22; they are not served. Take a line away when the value is added.
KNOWN_GAPS = ["ib_jonggehandicaptenkorting", "wml_referentiemaandloon"]


def today() -> date:
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def test_every_figure_has_a_value_today() -> None:
    stale = stale_on(load_figures(), today())

    assert not stale, f"These figures have run out. Refresh them:\n{how_to_refresh(stale)}"


def test_the_known_gaps_are_these_and_no_others() -> None:
    assert [series.ref for series in known_gaps_on(load_figures(), today())] == KNOWN_GAPS


def test_no_figure_with_a_value_is_still_marked_as_a_gap() -> None:
    filled = gaps_that_are_filled(load_figures(), today())

    assert not filled, f"Remove `refresh: known_gap` and `why` from {[str(series.file) for series in filled]}"


def test_a_norm_runs_out_on_the_day_after_its_last_day() -> None:
    figures = load_figures()

    assert "pw_giften_vrij" not in [series.ref for series in stale_on(figures, date(2026, 12, 31))]
    assert "pw_giften_vrij" in [series.ref for series in stale_on(figures, date(2027, 1, 1))]


def test_what_the_law_ended_or_has_not_begun_is_not_stale() -> None:
    figures = load_figures()
    in_2027 = [series.ref for series in stale_on(figures, date(2027, 1, 1))]
    in_2026 = [series.ref for series in stale_on(figures, date(2026, 11, 22))]

    assert "pw_vrijlating_n_max" not in in_2027
    assert "huurtoeslag_2025.kwaliteitskortingsgrens" not in in_2026
    assert "pw_34a_pct" not in in_2026


def test_the_message_names_file_date_publisher_and_checker() -> None:
    figures = load_figures()
    message = how_to_refresh([figures.by_ref["pw_giften_vrij"]])

    assert "benefits/parameters/participatiewet/vrijlating/pw_giften_vrij.yaml" in message
    assert "known until 2026-12-31" in message
    assert "valid_from: 2027-01-01" in message
    assert "SZW Normenbrief" in message
    assert "To be checked by" in message


def test_the_parts_of_one_file_are_one_paragraph() -> None:
    figures = load_figures()
    message = how_to_refresh(series for ref, series in figures.by_ref.items() if ref.startswith("pw_vermogensgrens."))

    assert message.count("benefits/parameters/participatiewet/vermogen") == 1
    assert "pw_vermogensgrens.alleenstaande_ouder" in message
