"""What is kept: fields and constraints, no behaviour. Changing any of it is the business of `server/domain/`."""

from server.models.access_review import AccessReview
from server.models.alert import Alert, AlertKind, AlertRule
from server.models.api_key import ApiKey
from server.models.audit_entry import AuditChain, AuditEntry
from server.models.broadcast import Broadcast, BroadcastRecipient, BroadcastState, BroadcastWay, RecipientState
from server.models.clinic_alarm import ClinicAlarm
from server.models.contact import (
    Contact,
    ContactKind,
    Decision,
    Line,
    LineSource,
    OptOut,
    StopSource,
    Suppression,
    Verified,
)
from server.models.conversation import (
    Conversation,
    File,
    FileKind,
    FileState,
    Later,
    LaterState,
    Message,
    Receipt,
    Stray,
    Task,
    TaskKind,
    TextPart,
    Via,
)
from server.models.delivery import (
    Account,
    CarrierCall,
    Carries,
    Delivery,
    Purpose,
    State,
    Webhook,
    WebhookOutcome,
    Work,
)
from server.models.draft import Draft, DraftKind
from server.models.event import Event, EventKind
from server.models.factors import Challenge, Passkey, RecoveryCode
from server.models.handset import HandsetText
from server.models.hook import Hook, HookEvent, HookTelling, TellingState
from server.models.import_run import ImportOutcome, ImportRow, ImportRun, ImportState
from server.models.incident import Incident
from server.models.legal_hold import LegalHold
from server.models.note import Mention, Note
from server.models.number import (
    NumberOrder,
    OrderKind,
    OrderState,
    Registration,
    RegistrationOf,
    RegistrationState,
)
from server.models.operator import Letter, Operator, OperatorSession
from server.models.organization import (
    DataKey,
    FactRecord,
    IdentityPolicy,
    Installation,
    Organization,
    Plan,
    Stream,
    StreamOf,
)
from server.models.patient import (
    Consent,
    ConsentSource,
    ConsentTo,
    NameToken,
    NumberStatus,
    OptOutMode,
    Patient,
    PhoneEndpoint,
    PhoneNumber,
    Prefers,
    TriedState,
)
from server.models.patient_contact import ContactLabel, PatientContact
from server.models.patient_group import GroupMember, PatientGroup
from server.models.patient_merge import DistinctPatients, PatientMerge
from server.models.plan import PlanChange, PlanRequest
from server.models.portal import Budget, Device, IdentityTry, PortalCode, PortalLink, PortalSession
from server.models.proxy import Proxy, Relation
from server.models.purged import Purged
from server.models.push import PushSubscription, PushTold
from server.models.saved_reply import ReplyContent, SavedReply
from server.models.saved_view import SavedView
from server.models.sensitive import BreakGlass, NamedReader
from server.models.sign_on import SignOn, SignOnDomain, SignOnSubject, SignOnTry
from server.models.tag import Colour, PatientTag, Tag, Tagging
from server.models.upload import FileReceipt, Upload, UploadState
from server.models.user import Invite, Membership, MembershipChange, OnCall, Reading, Role, StaffSession, Team, User
from server.models.word import Filling, Word

__all__ = [
    "AccessReview",
    "Account",
    "Alert",
    "AlertKind",
    "AlertRule",
    "ApiKey",
    "AuditChain",
    "AuditEntry",
    "BreakGlass",
    "Broadcast",
    "BroadcastRecipient",
    "BroadcastState",
    "BroadcastWay",
    "Budget",
    "CarrierCall",
    "Carries",
    "Challenge",
    "ClinicAlarm",
    "Colour",
    "Consent",
    "ConsentSource",
    "ConsentTo",
    "Contact",
    "ContactKind",
    "ContactLabel",
    "Conversation",
    "DataKey",
    "Decision",
    "Delivery",
    "Device",
    "DistinctPatients",
    "Draft",
    "DraftKind",
    "Event",
    "EventKind",
    "FactRecord",
    "File",
    "FileKind",
    "FileReceipt",
    "FileState",
    "Filling",
    "GroupMember",
    "HandsetText",
    "Hook",
    "HookEvent",
    "HookTelling",
    "IdentityPolicy",
    "IdentityTry",
    "ImportOutcome",
    "ImportRow",
    "ImportRun",
    "ImportState",
    "Incident",
    "Installation",
    "Invite",
    "Later",
    "LaterState",
    "LegalHold",
    "Letter",
    "Line",
    "LineSource",
    "Membership",
    "MembershipChange",
    "Mention",
    "Message",
    "NameToken",
    "NamedReader",
    "Note",
    "NumberOrder",
    "NumberStatus",
    "OnCall",
    "Operator",
    "OperatorSession",
    "OptOut",
    "OptOutMode",
    "OrderKind",
    "OrderState",
    "Organization",
    "Passkey",
    "Patient",
    "PatientContact",
    "PatientGroup",
    "PatientMerge",
    "PatientTag",
    "PhoneEndpoint",
    "PhoneNumber",
    "Plan",
    "PlanChange",
    "PlanRequest",
    "PortalCode",
    "PortalLink",
    "PortalSession",
    "Prefers",
    "Proxy",
    "Purged",
    "Purpose",
    "PushSubscription",
    "PushTold",
    "Reading",
    "Receipt",
    "RecipientState",
    "RecoveryCode",
    "Registration",
    "RegistrationOf",
    "RegistrationState",
    "Relation",
    "ReplyContent",
    "Role",
    "SavedReply",
    "SavedView",
    "SignOn",
    "SignOnDomain",
    "SignOnSubject",
    "SignOnTry",
    "StaffSession",
    "State",
    "StopSource",
    "Stray",
    "Stream",
    "StreamOf",
    "Suppression",
    "Tag",
    "Tagging",
    "Task",
    "TaskKind",
    "Team",
    "TellingState",
    "TextPart",
    "TriedState",
    "Upload",
    "UploadState",
    "User",
    "Verified",
    "Via",
    "Webhook",
    "WebhookOutcome",
    "Word",
    "Work",
]
