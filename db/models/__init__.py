"""One noun a file."""

from db.models.account import Account, Role
from db.models.audit import AuditEntry, AuditHead
from db.models.backup import Backup
from db.models.calculation import Calculation, CalculationState
from db.models.callback import CallbackRequest, CallbackState
from db.models.checklist import ChecklistItem
from db.models.contact_point import Channel, ContactPoint
from db.models.conversation import Conversation, ConversationState
from db.models.feedback import Feedback
from db.models.message import Message, MessageKind, MessageStatus
from db.models.model_version import ModelVersion
from db.models.municipality import Municipality
from db.models.phrase import Phrase
from db.models.process import Process
from db.models.sign_in_brake import SignInBrake
from db.models.staff_session import StaffSession
from db.models.topic import AnswerRevision, Certainty, Example, Topic, TopicKind
from db.models.training_run import RunState, TrainingRun

__all__ = [
    "Account",
    "AnswerRevision",
    "AuditEntry",
    "AuditHead",
    "Backup",
    "Calculation",
    "CalculationState",
    "CallbackRequest",
    "CallbackState",
    "Certainty",
    "Channel",
    "ChecklistItem",
    "ContactPoint",
    "Conversation",
    "ConversationState",
    "Example",
    "Feedback",
    "Message",
    "MessageKind",
    "MessageStatus",
    "ModelVersion",
    "Municipality",
    "Phrase",
    "Process",
    "Role",
    "RunState",
    "SignInBrake",
    "StaffSession",
    "Topic",
    "TopicKind",
    "TrainingRun",
]
