"""What can be wrong with a deed of an editor; the base is that of all verbs."""

from collections.abc import Sequence

from services.content.faults import Fault
from services.errors import ServiceError


class EditingError(ServiceError):
    """The deed of the editor could not be done."""


class DraftRefused(EditingError):
    """The text would mislead residents."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


class NeedsConfirmation(EditingError):
    """There is something about the text that may be meant so, or not."""

    def __init__(self, warnings: Sequence[Fault], mark: str) -> None:
        super().__init__()
        self.warnings = tuple(warnings)
        self.mark = mark
        """What to send back as the confirmation of exactly these."""


class ChangedMeanwhile(EditingError):
    """A colleague saved another text since this one was opened."""

    def __init__(self, newest: int) -> None:
        super().__init__()
        self.newest = newest
        """The number of that text."""


class UnknownRevision(EditingError):
    """This topic has no such text."""


class BegunAlready(EditingError):
    """Residents read this text already: it cannot be called off, only followed by another."""


class NoTextOfItsOwn(EditingError):
    """The municipality reads the national text already."""


class UnknownRun(EditingError):
    """There is no such training."""


class OwnResidentsOnly(EditingError):
    """Only the municipality itself reads what its residents write."""


class LibraryOnly(EditingError):
    """Only an editor of the national library changes examples, because all municipalities have one understanding."""
