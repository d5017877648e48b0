"""Rasa's settings for training: our classifier, and rules for the dialogue. No learnt policy."""

from __future__ import annotations

from typing import Any

ASSISTANT = "trede"


def config() -> dict[str, Any]:
    """The pipeline names our component by its module; nlu/ is on the path of train.py and serve.py."""
    return {
        "recipe": "default.v1",
        "assistant_id": ASSISTANT,
        "language": "nl",
        "pipeline": [{"name": "components.topic_classifier.TopicClassifier"}],
        "policies": [
            {
                "name": "RulePolicy",
                "core_fallback_threshold": 0.3,
                "core_fallback_action_name": "action_not_understood",
                "enable_fallback_prediction": True,
            }
        ],
    }


def endpoints(actions_url: str) -> dict[str, Any]:
    """For `rasa` by hand; serve.py sets its own."""
    return {"action_endpoint": {"url": actions_url, "enable_selective_domain": True}}
