"""Which figures the income effect needs, and which parts make a set complete.

The law is sometimes changed in part before the other figures are known (kindgebonden budget of 2027 has a new
afbouw and nothing else). Parts of two years are never mixed: a set without all of these is passed over.
"""

SINGLE = (
    "aow_leeftijd",
    "lh_maandtabel_stap",
    "pw_34a_maanden",
    "pw_34a_pct",
    "pw_kostendeler_basis_pct",
    "pw_kostendeler_gemengd_met_kind",
    "pw_kostendeler_pct_per_persoon",
    "pw_norm_18_20_alleenstaande",
    "pw_norm_18_20_gehuwden_met_kind",
    "pw_norm_18_20_gehuwden_zonder_kind",
    "pw_norm_18_20_met_21plus_met_kind",
    "pw_norm_18_20_met_21plus_zonder_kind",
    "pw_norm_18_20_verhoging_ouders",
    "pw_norm_21_aow_alleenstaande",
    "pw_norm_21_aow_gehuwden",
    "pw_vakantietoeslag_pct",
    "pw_vrijlating_n_maanden",
    "pw_vrijlating_n_max",
    "pw_vrijlating_n_pct",
    "pw_vrijlating_r_maanden",
    "pw_vrijlating_r_max",
    "pw_vrijlating_r_pct",
    "pw_vrijlating_y_max",
    "pw_vrijlating_y_pct",
    "pw_vrijlating_z_aa_max",
    "pw_vrijlating_z_maanden",
    "pw_vrijlating_z_pct",
    "wml_vakantiebijslag_pct",
)
IN_PARTS = {
    "awir_algemeen": ("minimum_per_jaar",),
    "huurtoeslag_2026": (
        "aftoppingsgrens_1_2",
        "aftoppingsgrens_3plus",
        "afbouw_eenpersoons",
        "afbouw_meerpersoons",
        "basishuur_eenpersoons",
        "basishuur_meerpersoons",
        "inkomensijkpunt_eenpersoons",
        "inkomensijkpunt_meerpersoons",
        "kwaliteitskortingsgrens",
        "maximale_huurgrens",
        "maximale_huurgrens_18_20",
        "pct_boven_aftopping",
        "pct_kk_tot_aftopping",
        "pct_tot_kk",
        "vermogen_per_persoon",
    ),
    "ib_algemene_heffingskorting": ("max", "afbouw_vanaf", "afbouw"),
    # The first part of arbeidskorting begins at nothing, the last bracket of box 1 has no end.
    "ib_arbeidskorting": ("1.tot", "1.pct", *(f"{n}.{part}" for n in (2, 3, 4) for part in ("tot", "basis", "pct"))),
    "ib_box1": ("1.tot", "1.tarief", "2.tot", "2.tarief", "3.tarief"),
    "kindgebonden_budget": (
        "afbouw",
        "alo_kop",
        "drempel_alleen",
        "drempel_partner",
        "extra_12_15",
        "extra_16_17",
        "per_kind",
        "vermogen_alleen",
        "vermogen_partner",
    ),
    "pw_vermogensgrens": ("alleenstaande", "alleenstaande_ouder", "gehuwden"),
    "wml_uur": ("18", "19", "20", "21+"),
    "zorgtoeslag": (
        "afbouw",
        "drempelinkomen",
        "pct_alleen",
        "pct_partner",
        "standaardpremie",
        "vermogen_alleen",
        "vermogen_partner",
    ),
}
NEEDED: dict[str, tuple[str, ...]] = {figure: (figure,) for figure in SINGLE} | {
    figure: tuple(f"{figure}.{part}" for part in parts) for figure, parts in IN_PARTS.items()
}

# Without these a calculation can be made all the same: what they are for is then left out, and said.
MAY_BE_ABSENT = {"huurtoeslag_2026", "kindgebonden_budget", "pw_norm_18_20_verhoging_ouders"}
# Enacted for later, and used before by a municipality that anticipates.
SERVED_AHEAD = {"pw_34a_maanden", "pw_34a_pct"}
