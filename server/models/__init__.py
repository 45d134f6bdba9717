"""What is kept: fields and constraints, no behaviour. Changing any of it is the business of `server/domain/`."""

from server.models.audit_entry import AuditEntry
from server.models.conversation import Conversation, Message, Receipt, Stray, Via
from server.models.delivery import CarrierCall, Carries, Delivery, State, Work
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
from server.models.patient import Consent, NameToken, Patient, PhoneEndpoint, PhoneNumber, Prefers
from server.models.portal import Budget, Device, PortalCode, PortalLink, PortalSession
from server.models.user import Membership, Reading, Role, StaffSession, Team, User

__all__ = [
    "AuditEntry",
    "Budget",
    "CarrierCall",
    "Carries",
    "Consent",
    "Conversation",
    "DataKey",
    "Delivery",
    "Device",
    "FactRecord",
    "IdentityPolicy",
    "Installation",
    "Membership",
    "Message",
    "NameToken",
    "Organization",
    "Patient",
    "PhoneEndpoint",
    "PhoneNumber",
    "Plan",
    "PortalCode",
    "PortalLink",
    "PortalSession",
    "Prefers",
    "Reading",
    "Receipt",
    "Role",
    "StaffSession",
    "State",
    "Stray",
    "Stream",
    "StreamOf",
    "Team",
    "User",
    "Via",
    "Work",
]
