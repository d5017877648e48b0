"""A small world: eight topics, one form, enough examples to tell them apart."""

from __future__ import annotations

from typing import Any

EXAMPLES = {
    "wealth_limit": [
        "hoeveel spaargeld mag ik hebben", "mag ik sparen van me uitkering", "spaargeld grens",
        "ik heb geld op de bank, hoeveel mag dat zijn", "wat is de grens voor vermogen", "telt mijn spaarrekening mee",
        "mag ik 5000 euro op mijn spaarrekening hebben", "hoeveel vermogen is toegestaan",
    ],
    "pay_date": [
        "wanneer wordt mijn uitkering betaald", "wanneer komt het geld", "op welke dag krijg ik mijn geld",
        "is de uitkering al overgemaakt", "betaaldatum", "mijn geld is nog niet binnen", "wanneer is de betaling",
        "welke datum wordt er gestort",
    ],
    "holiday_abroad": [
        "mag ik op vakantie", "hoe lang mag ik naar het buitenland", "ik wil naar marokko in de zomer",
        "mag ik 4 weken weg naar turkije", "vakantie buitenland doorgeven", "kan ik op reis met bijstand",
        "hoeveel weken vakantie heb ik", "ik ga naar mijn familie in het buitenland",
    ],
    "delete_my_data": [
        "verwijder mijn gegevens", "wis alles wat jullie van mij weten", "ik wil dat mijn gegevens gewist worden",
        "gegevens verwijderen", "gooi mijn gesprekken weg", "wissen graag alles over mij", "delete mijn account",
        "haal mijn data weg",
    ],
    "affirm": ["ja", "ja graag", "oke doe maar", "prima", "klopt", "jazeker", "is goed", "yes"],
    "deny": ["nee", "nee liever niet", "doe maar niet", "neen", "nee dank je", "toch niet", "nope", "laat maar"],
    "stop": ["stop", "stoppen", "ik wil stoppen", "hou op", "annuleer", "stop hiermee", "afbreken", "kappen"],
    "out_of_scope": [
        "wat voor weer wordt het", "wie wint de voetbalwedstrijd", "vertel een mop", "hoe maak ik pannenkoeken",
        "welke film draait er", "speel muziek", "hoe laat vertrekt de trein", "wat is de hoofdstad van peru",
    ],
}  # fmt: skip
KINDS = {"delete_my_data": "task", "affirm": "task", "deny": "task", "stop": "task", "out_of_scope": "redirect"}
FORM = {
    "name": "delete_my_data_form",
    "topic": "delete_my_data",
    "slot": "delete_confirmed",
    "then": "action_delete_my_data",
}


def topic(id_: str, texts: list[str] | None = None, kind: str | None = None) -> dict[str, Any]:
    return {
        "id": id_,
        "kind": kind or KINDS.get(id_, "faq"),
        "examples": {"nl": texts or EXAMPLES.get(id_, [f"{id_} een", f"{id_} twee"]), "en": []},
    }


def material(**other: Any) -> dict[str, Any]:
    return {"version": "small", "topics": [topic(id_) for id_ in EXAMPLES], "forms": [FORM], **other}


def examples() -> list[tuple[str, str]]:
    return [(text, id_) for id_, texts in EXAMPLES.items() for text in texts]
