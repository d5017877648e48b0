"""What can be wrong with a deed. The docstring is the message; the doors decide what a person gets to read."""


class ServiceError(Exception):
    """The deed could not be done."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class EmptyLine(ServiceError):
    """The line has no characters that anybody can read."""


class TooManyLines(ServiceError):
    """This conversation sends more lines in a minute than a person types."""


class UnknownChoice(ServiceError):
    """This button does not belong to this conversation."""


class UnknownMunicipality(ServiceError):
    """There is no municipality of this name."""


class UnknownTopic(ServiceError):
    """There is no topic of this name."""


class NoAnswerThen(ServiceError):
    """The topic has no answer on this day."""


class UnknownPhrase(ServiceError):
    """A sentence is asked for that stands in no phrases file."""


class ContentError(ServiceError):
    """The content does not fit its form."""


class AlreadyTraining(ServiceError):
    """A training or a roll back is under way; only one runs at a time."""


class NoWayBack(ServiceError):
    """This version never answered residents, or its file is no longer kept."""
