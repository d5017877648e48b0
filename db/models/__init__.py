"""One noun a file."""

from db.models.account import Account, Role
from db.models.agreement import Agreement, Side
from db.models.appointment import Appointment, AppointmentState, MeetingChannel, Outcome
from db.models.audit import AuditEntry, AuditHead
from db.models.backup import Backup
from db.models.booking_talk import BookingTalk
from db.models.calculation import Calculation, CalculationState
from db.models.calendar_feed import CalendarFeed
from db.models.callback import CallbackRequest, CallbackState
from db.models.checklist import ChecklistItem
from db.models.consent import Consent, ReminderKind
from db.models.contact_point import Channel, ContactPoint
from db.models.conversation import Conversation, ConversationState
from db.models.delivery_attempt import DeliveryAttempt
from db.models.feedback import Feedback
from db.models.invitation import Invitation, InvitationState
from db.models.link_code import LinkCode
from db.models.message import Message, MessageKind, MessageStatus
from db.models.model_version import ModelVersion
from db.models.municipality import Municipality
from db.models.person import BenefitKind, Person, Perspective
from db.models.phrase import Phrase
from db.models.place import Location, Room
from db.models.process import Process
from db.models.search_effort import EffortKind, SearchEffort, SearchPeriod
from db.models.sign_in_brake import SignInBrake
from db.models.staff_session import StaffSession
from db.models.staff_task import StaffTask, TaskKind
from db.models.topic import AnswerRevision, Certainty, Example, Topic, TopicKind
from db.models.training_run import RunState, TrainingRun
from db.models.working_time import TimeOff, TimeOffKind, WorkingHours

__all__ = [
    "Account",
    "Agreement",
    "AnswerRevision",
    "Appointment",
    "AppointmentState",
    "AuditEntry",
    "AuditHead",
    "Backup",
    "BenefitKind",
    "BookingTalk",
    "Calculation",
    "CalculationState",
    "CalendarFeed",
    "CallbackRequest",
    "CallbackState",
    "Certainty",
    "Channel",
    "ChecklistItem",
    "Consent",
    "ContactPoint",
    "Conversation",
    "ConversationState",
    "DeliveryAttempt",
    "EffortKind",
    "Example",
    "Feedback",
    "Invitation",
    "InvitationState",
    "LinkCode",
    "Location",
    "MeetingChannel",
    "Message",
    "MessageKind",
    "MessageStatus",
    "ModelVersion",
    "Municipality",
    "Outcome",
    "Person",
    "Perspective",
    "Phrase",
    "Process",
    "ReminderKind",
    "Role",
    "Room",
    "RunState",
    "SearchEffort",
    "SearchPeriod",
    "Side",
    "SignInBrake",
    "StaffSession",
    "StaffTask",
    "TaskKind",
    "TimeOff",
    "TimeOffKind",
    "Topic",
    "TopicKind",
    "TrainingRun",
    "WorkingHours",
]
