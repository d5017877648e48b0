"""Make a model: in Rasa's own environment when that is here, else by whoever trains for this models folder."""

from collections.abc import Callable

from cli.models import Model, find
from cli.rasa_environment import PYTHON
from cli.training_elsewhere import train_elsewhere
from cli.training_here import train_here
from cli.training_job import Job, Pulse, Step, Tell, TrainingFailed

STEPS = {
    "queued": "wacht",
    "read": "leest de onderwerpen",
    "build": "schrijft de bestanden voor Rasa",
    "load rasa": "laadt Rasa",
    "fit": "leert van alle voorbeelden",
    "folds": "meet op achtergehouden voorbeelden",
    "train": "Rasa heeft het model gemaakt",
    "measure": "meet op achtergehouden berichten",
    "switch": "een tweede Rasa neemt het over",
    "done": "model klaar",
}


def train(job: Job, tell: Tell, pulse: Pulse) -> Model:
    """The model, which is not live by that. Raises TrainingFailed, TrainerAway, and what `pulse` raises."""
    job.folder.mkdir(parents=True, exist_ok=True)
    (train_here if PYTHON.exists() else train_elsewhere)(job, tell, pulse)
    made = find(job.folder, job.version)
    if made is None:
        raise TrainingFailed("Begrip: de training eindigde zonder model.")
    return made


def in_words_once(tell: Callable[[str], None]) -> Tell:
    """For a terminal: every step in words, and no line twice in a row."""
    said = ""

    def say(step: Step) -> None:
        nonlocal said
        done = f" {step['done']}/{step['of']}" if step.get("of", 1) > 1 else ""
        words = f"Begrip: {STEPS.get(step['step'], step['step'])}{done}"
        if words != said:
            tell(words)
        said = words

    return say
