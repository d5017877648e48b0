"""One noun a file."""

from db.models.contact_point import Channel, ContactPoint
from db.models.conversation import Conversation, ConversationState
from db.models.message import Message, MessageKind, MessageStatus
from db.models.model_version import ModelVersion
from db.models.municipality import Municipality
from db.models.phrase import Phrase
from db.models.topic import AnswerRevision, Certainty, Example, Topic, TopicKind

__all__ = [
    "AnswerRevision",
    "Certainty",
    "Channel",
    "ContactPoint",
    "Conversation",
    "ConversationState",
    "Example",
    "Message",
    "MessageKind",
    "MessageStatus",
    "ModelVersion",
    "Municipality",
    "Phrase",
    "Topic",
    "TopicKind",
]
