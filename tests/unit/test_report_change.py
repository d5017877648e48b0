"""A few words tell which kind of change is meant; if they do not, the resident is asked."""

import pytest

from services.report_change import KINDS, SIGNS, recognise_kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("ik heb werk gevonden", "work"),
        ("meer uren bij de Lidl", "work"),
        ("I found a job", "work"),
        ("nieuwe baan, met vriendelijke groet", "work"),
        ("trouwens ik doe vrijwilligerswerk", "work"),
        ("mijn baas betaalt reiskosten voor mijn werk", "work"),
        ("ik ben automonteur geworden, dus een baan", "work"),
        ("mijn vriend komt bij mij wonen", "living"),
        ("Ik ga verhuizen", "living"),
        ("we krijgen een baby", "living"),
        ("erfenis van oma", "money"),
        ("ik heb een auto gekocht", "money"),
        ("my savings went up", "money"),
        ("ik krijg alimentatie", "income"),
        ("huurtoeslag is gestopt", "income"),
        ("ik kreeg vakantiegeld", "income"),
        ("kinderbijslag erbij", "income"),
        ("ik ga op vakantie naar Marokko", "abroad"),
        ("travel to Turkey", "abroad"),
        ("iets anders", "other"),
        ("WERK", "work"),
        ("weet ik niet", None),
        ("", None),
        ("😀", None),
    ],
)
def test_words_point_to_a_kind(said: str, kind: str | None) -> None:
    assert recognise_kind(said) == kind


def test_every_kind_can_be_recognised_and_no_other() -> None:
    assert set(SIGNS) == set(KINDS)
