"""Every figure that the product promised is in the files, and holds together."""

from datetime import date

import pytest

from benefits.figures import PARAMETERS, Figures, load_figures
from benefits.stale import PUBLISHERS

IDS = {
    "pw_norm_21_aow_alleenstaande",
    "pw_norm_21_aow_gehuwden",
    "pw_norm_18_20_alleenstaande",
    "pw_norm_18_20_gehuwden_zonder_kind",
    "pw_norm_18_20_met_21plus_zonder_kind",
    "pw_norm_18_20_gehuwden_met_kind",
    "pw_norm_18_20_met_21plus_met_kind",
    "pw_norm_18_20_verhoging_ouders",
    "pw_norm_aow_alleenstaande",
    "pw_norm_aow_gehuwden",
    "pw_kostendeler_gemengd_met_kind",
    "pw_norm_inrichting_alleenstaande",
    "pw_norm_inrichting_gehuwden",
    "pw_norm_inrichting_verhoging",
    "pw_vakantietoeslag_pct",
    "pw_kostendelersnorm_formule",
    "pw_norm_halve_gehuwde",
    "pw_bruto_schatting_jaar",
    "pw_rekenregels_brutering",
    "pw_vakantieaanspraak_over_loon",
    "pw_vrijlating_n_max",
    "pw_vrijlating_r_max",
    "pw_vrijlating_y_max",
    "pw_vrijlating_z_aa_max",
    "pw_34a_vrijlating_2027",
    "pw_34b_bufferbudget",
    "pw_giften_vrij",
    "pw_premie_arbeidsinschakeling",
    "pw_vrijwilligersvergoeding",
    "pw_vermogensgrens",
    "pw_vermogen_eigen_woning",
    "pw_drempel_bijzondere_bijstand",
    "pw_studietoeslag_min",
    "pw_individuele_inkomenstoeslag",
    "pw_voorschot_pct",
    "pw_terugwerkende_kracht",
    "pw_zoektermijn_jongeren",
    "pw_buitenland_weken",
    "pw_hergebruik_gegevens",
    "pw_maatregel_geuniformeerd",
    "pw_maatregel_taal",
    "pw_proefplaats",
    "pw_participatieplaats",
    "wml_uur",
    "wml_referentiemaandloon",
    "wml_vakantiebijslag_pct",
    "ib_box1",
    "ib_algemene_heffingskorting",
    "ib_arbeidskorting",
    "ib_iack",
    "ib_jonggehandicaptenkorting",
    "zvw",
    "awir_algemeen",
    "zorgtoeslag",
    "huurtoeslag_2026",
    "huurtoeslag_2025",
    "kindgebonden_budget",
    "kinderopvangtoeslag",
    "kinderbijslag_2026",
    "eigen_risico",
    "kwijtschelding",
    "aow_leeftijd",
    "pw_vrijlating_n_pct",
    "pw_vrijlating_n_maanden",
    "pw_vrijlating_r_pct",
    "pw_vrijlating_r_maanden",
    "pw_vrijlating_y_pct",
    "pw_vrijlating_z_pct",
    "pw_vrijlating_z_maanden",
    "pw_34a_pct",
    "pw_34a_maanden",
    "awb_bezwaar_weken",
    "awb_beslistermijn_weken",
    "awb_ingebrekestelling_weken",
    "pw_voorschot_weken",
    "pw_opschorting_weken_max",
    "pw_maatregel_pct",
    "pw_maatregel_maanden_min",
    "pw_maatregel_maanden_max",
    "pw_maatregel_reistijd_uren",
    "pw_ontheffing_ouder_jaren_max",
    "toeslagen_wijziging_weken",
    "pw_kostendeler_basis_pct",
    "pw_kostendeler_pct_per_persoon",
    "lh_maandtabel_stap",
}


@pytest.fixture(scope="module")
def figures() -> Figures:
    return load_figures()


def test_every_promised_figure_has_a_file_and_every_file_is_promised() -> None:
    assert {file.stem for file in PARAMETERS.rglob("*.yaml")} == IDS


def test_every_file_gives_at_least_one_reference(figures: Figures) -> None:
    assert {ref.split(".")[0] for ref in figures.by_ref} == IDS


def test_every_law_has_a_publisher_for_its_new_figures() -> None:
    assert {folder.name for folder in PARAMETERS.iterdir() if folder.is_dir()} == set(PUBLISHERS)


def test_the_norms_keep_the_ratios_that_the_law_gives_them(figures: Figures) -> None:
    """Article 20: a couple of 18-20 without children gets twice the norm of one person."""
    for day in (date(2023, 7, 1), date(2024, 1, 1), date(2026, 1, 1), date(2026, 7, 1)):
        one = figures.on("pw_norm_18_20_alleenstaande", day).value
        assert figures.on("pw_norm_18_20_gehuwden_zonder_kind", day).value == 2 * one


def test_the_gross_estimate_follows_from_norm_credit_and_rate(figures: Figures) -> None:
    """Three figures from three files reproduce the amounts of the ministry, cut off to whole euros."""
    day = date(2026, 1, 1)
    credit = figures.on("ib_algemene_heffingskorting.max", day).value
    rate = figures.on("ib_box1.1.tarief", day).value
    alone = figures.on("pw_norm_21_aow_alleenstaande", day).value
    partner = figures.on("pw_norm_21_aow_gehuwden", day).value / 2

    for norm, part in ((alone, "alleenstaande_21_aow"), (partner, "gehuwd_per_partner")):
        gross = (12 * norm - credit) / (1 - rate)
        assert int(gross) == figures.on(f"pw_bruto_schatting_jaar.{part}", day).value


def test_figures_that_say_the_same_thing_twice_agree(figures: Figures) -> None:
    day = date(2027, 1, 1)

    assert figures.on("pw_34a_pct", day).value == figures.on("pw_34a_vrijlating_2027.onder_aow.pct", day).value
    assert (
        figures.on("pw_34a_maanden", day).value == figures.on("pw_34a_vrijlating_2027.onder_aow.max_months", day).value
    )
