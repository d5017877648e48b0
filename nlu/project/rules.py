"""The dialogue as rules: an intent is answered by an action; a form asks one thing and survives a question between."""

from __future__ import annotations

from typing import Any

from project.material import Form, Material

Rule = dict[str, Any]


def rules(material: Material) -> list[Rule]:
    """All rules of the assistant. Rasa goes back to a running form by itself after a rule without condition."""
    starts = {form.topic: form for form in material.forms}
    found = [_fallback()]
    for intent in material.all_intents():
        if intent in starts:
            found.append(_start(starts[intent]))
        else:
            found.append(_answer(intent, material.action_of(intent)))
    for form in material.forms:
        found += _form_rules(form, material.cancels)
    return found


def _fallback() -> Rule:
    return _rule("not understood", [{"intent": "nlu_fallback"}, {"action": "action_not_understood"}])


def _answer(intent: str, action: str) -> Rule:
    return _rule(f"answer {intent}", [{"intent": intent}, {"action": action}])


def _start(form: Form) -> Rule:
    return _rule(
        f"start {form.name}", [{"intent": form.topic}, {"action": form.name}, {"active_loop": form.name}]
    )


def _form_rules(form: Form, cancels: tuple[str, ...]) -> list[Rule]:
    submit = _rule(
        f"submit {form.name}",
        [
            {"action": form.name},
            {"active_loop": None},
            {"slot_was_set": [{"requested_slot": None}]},
            {"action": form.then},
        ],
        form,
    )
    return [submit, _again(form), *(_cancel(form, intent) for intent in cancels)]


def _again(form: Form) -> Rule:
    """Who asks for what is being asked already, is asked once more; else the turn would end in silence.

    action_extract_slots does nothing here: Rasa wants some other action before a form that has refused may go on."""
    steps = [
        {"intent": form.topic},
        {"action": "action_extract_slots"},
        {"action": form.name},
        {"active_loop": form.name},
    ]
    return _rule(f"again {form.name}", steps, form)


def _cancel(form: Form, intent: str) -> Rule:
    steps = [
        {"intent": intent},
        {"action": "action_deactivate_loop"},
        {"active_loop": None},
        {"action": "action_cancel_form"},
    ]
    return _rule(f"cancel {form.name} by {intent}", steps, form)


def _rule(name: str, steps: list[dict[str, Any]], during: Form | None = None) -> Rule:
    condition = {"condition": [{"active_loop": during.name}]} if during else {}
    return {"rule": name, **condition, "steps": steps}
