"""The domain: names only. Every sentence a resident reads comes from the action server."""

from __future__ import annotations

from typing import Any

from project.material import Form, Material

SESSION_MINUTES = 24 * 60


def domain(material: Material) -> dict[str, Any]:
    """Rasa's domain. No responses; slots and entities never steer the dialogue."""
    return {
        "version": "3.1",
        "intents": [{intent: {"use_entities": []}} for intent in [*material.all_intents(), "nlu_fallback"]],
        "entities": list(material.entities),
        "slots": {form.slot: _slot(form) for form in material.forms},
        "forms": {form.name: {"required_slots": [form.slot]} for form in material.forms},
        "actions": _actions(material),
        "session_config": {"session_expiration_time": SESSION_MINUTES, "carry_over_slots_to_new_session": False},
    }


def _slot(form: Form) -> dict[str, Any]:
    condition = [{"active_loop": form.name, "requested_slot": form.slot}]
    return {"type": "any", "mappings": [{"type": "custom", "conditions": condition}]}


def _actions(material: Material) -> list[Any]:
    """Only the validators get the domain with each call: they read which slots their form asks."""
    names = {"action_answer_topic", "action_not_understood"}
    names |= {material.action_of(intent) for intent in material.all_intents()}
    if material.forms:
        names.add("action_cancel_form")
    for form in material.forms:
        names |= {form.then, f"action_ask_{form.slot}"}
    validators = [{f"validate_{form.name}": {"send_domain": True}} for form in material.forms]
    return [*sorted(names), *validators]
