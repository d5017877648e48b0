"""What can be wrong with a deed. The docstring is the message; the doors decide what a person gets to read."""


class ServiceError(Exception):
    """The deed could not be done."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class EmptyLine(ServiceError):
    """The line has no characters that anybody can read."""


class TooManyLines(ServiceError):
    """This conversation sends more lines in a minute than a person types."""


class TooLong(ServiceError):
    """The reply is longer than a resident reads at once."""


class ConversationGone(ServiceError):
    """This conversation is no more: the resident wiped it, or the days that it is kept are over."""


class TakenByColleague(ServiceError):
    """A colleague has this conversation."""

    def __init__(self, holder: int | None = None) -> None:
        super().__init__()
        self.holder = holder
        """The account that has it."""


class NotYours(ServiceError):
    """Only who has the conversation can do this."""


class NotNow(ServiceError):
    """In the state in which the conversation is, this cannot be done."""


class NewerBegun(NotNow):
    """The resident has begun a newer conversation: what is said in this one would not be seen."""


class NotInThePast(ServiceError):
    """This moment is over already."""


class UnknownCallback(ServiceError):
    """There is no such request to get in touch, or it is not open any more."""


class UnknownChoice(ServiceError):
    """This button does not belong to this conversation."""


class UnknownAnswer(ServiceError):
    """There is no answer here that can be judged: it was erased, it is somebody else's, or it is no answer to a
    question."""


class UnknownMunicipality(ServiceError):
    """There is no municipality of this name."""


class NotAnExample(ServiceError):
    """This is only done in a municipality that is an example."""


class UnknownTopic(ServiceError):
    """There is no topic of this name."""


class UnknownPhrase(ServiceError):
    """A sentence is asked for that stands in no phrases file."""


class ContentError(ServiceError):
    """The content does not fit its form."""


class AlreadyTraining(ServiceError):
    """A training or a roll back is under way; only one runs at a time."""


class NoWayBack(ServiceError):
    """This version never answered residents, or its file is no longer kept."""


class UnknownCalculation(ServiceError):
    """There is no such calculation here."""


class LinkOver(ServiceError):
    """This link to a calculation does not hold, or not any more."""


class UnknownThing(ServiceError):
    """This thing does not stand on the list, or there is no list."""


class TooFarAway(ServiceError):
    """This day lies so far away that it must be a mistake."""


class UnknownTask(ServiceError):
    """There is no such task here."""


class PersonExists(ServiceError):
    """There is a case with this client number already."""


class UnknownPerson(ServiceError):
    """There is no such person here, or the case is closed."""


class CodeUnknown(ServiceError):
    """This linking code does not work here."""


class UnknownCode(ServiceError):
    """There is no such linking code here, or it was used already."""


class UnknownAgreement(ServiceError):
    """There is no such agreement here, or it is no longer agreed."""


class UnknownInvitation(ServiceError):
    """There is no such invitation here."""


class UnknownPeriod(ServiceError):
    """There is no such search period here, or it was called off already."""


class SlotTaken(ServiceError):
    """This time is not free, or not any more."""


class TooSoon(ServiceError):
    """This time is nearer than what has to be prepared for it allows."""


class TooFar(ServiceError):
    """This time lies further ahead than times are given out."""


class TooManyAppointments(ServiceError):
    """This resident has as many appointments to come as anybody may have at a time."""


class NotYourAppointment(ServiceError):
    """There is no such appointment of this resident."""


class ChangedMeanwhile(ServiceError):
    """Somebody has changed this appointment since it was looked at."""


class UnknownProgramme(ServiceError):
    """This municipality holds no conversations of this kind."""


class NotBegun(ServiceError):
    """This conversation is still to come: how it went is told afterwards."""


class StillToCome(ServiceError):
    """That day is still to come: what took place is noted afterwards."""


class InAgenda(ServiceError):
    """That conversation stands in the agenda: how it went is told there."""


class GroupStays(ServiceError):
    """A group session is not moved: it is cancelled, and another one is planned."""


class CountedAnew(ServiceError):
    """The next one of this kind is due on another day by now: its invitation comes by itself."""


class NowhereToSay(ServiceError):
    """No chat is linked in which this person could read it."""
