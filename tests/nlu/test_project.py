"""The builder: material in, files that Rasa's own validator accepts out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import builders
import pytest
from project import material
from project.build import build
from project.domain import domain
from project.errors import MaterialError
from project.rules import rules
from ruamel.yaml import YAML

NASTY = ["- [spaar](geld) {x}", "regel een\nintent: weg", "a: b # c", "!!python/object:os.system", "'\"\\ & *anchor", "> | %"]


def _built(folder: Path, **other: Any) -> dict[str, Any]:
    build(material.parse(builders.material(**other)), folder)
    return {path.stem: YAML(typ="safe").load(path) for path in folder.glob("*.yml")}


def test_rasas_own_validator_has_nothing_to_say(tmp_path: Path) -> None:
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.validator import Validator

    _built(tmp_path)
    files = [str(tmp_path / name) for name in ("nlu.yml", "rules.yml")]
    importer = TrainingDataImporter.load_from_config(str(tmp_path / "config.yml"), str(tmp_path / "domain.yml"), files)
    validator = Validator.from_importer(importer)
    assert validator.verify_domain_validity()
    assert validator.verify_nlu(ignore_warnings=False)
    assert validator.verify_forms_in_stories_rules()
    assert validator.verify_actions_in_stories_rules()
    assert validator.verify_form_slots()
    assert validator.verify_story_structure(ignore_warnings=False)


def test_no_text_becomes_structure(tmp_path: Path) -> None:
    from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

    topics = [builders.topic("nasty", NASTY), builders.topic("pay_date")]
    _built(tmp_path, topics=topics, forms=[])
    read = RasaYAMLReader().read(tmp_path / "nlu.yml")
    assert {one.get("intent") for one in read.intent_examples} == {"nasty", "pay_date"}
    assert len([one for one in read.intent_examples if one.get("intent") == "nasty"]) == len(NASTY)
    assert read.entity_examples == []


def test_every_topic_has_a_rule_and_an_action() -> None:
    source = material.parse(builders.material(actions={"stop": "action_stop"}))
    plain = [rule["steps"] for rule in rules(source) if "condition" not in rule]
    found = {steps[0]["intent"]: steps[1]["action"] for steps in plain}
    assert found["pay_date"] == "action_answer_topic" and found["stop"] == "action_stop"
    assert found["delete_my_data"] == "delete_my_data_form" and found["nlu_fallback"] == "action_not_understood"
    assert set(found) == {*source.all_intents(), "nlu_fallback"}


def test_the_domain_holds_names_and_no_words() -> None:
    built = domain(material.parse(builders.material()))
    assert "responses" not in built
    assert built["session_config"] == {"session_expiration_time": 1440, "carry_over_slots_to_new_session": False}
    assert {"validate_delete_my_data_form": {"send_domain": True}} in built["actions"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"version": "../x"}, "version"),
        ({"topics": [builders.topic("restart")]}, "restart"),
        ({"topics": [builders.topic("Bad-Id")]}, "Bad-Id"),
        ({"topics": [builders.topic("a"), builders.topic("a")]}, "occurs twice"),
        ({"topics": [builders.topic("a", ["only one"])]}, "two different examples"),
        ({"topics": [builders.topic("a", kind="poem")]}, "kind"),
        ({"forms": [{**builders.FORM, "topic": "nowhere"}]}, "nowhere"),
        ({"actions": {"nowhere": "action_x"}}, "nowhere"),
    ],
)
def test_wrong_material_is_refused_by_name(wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(MaterialError, match=named):
        material.parse(builders.material(**wrong))
