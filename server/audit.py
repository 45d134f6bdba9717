"""What was done or looked at. Each tag is `subject:act`; an entry is written in the transaction of its change."""

from collections.abc import Sequence
from contextvars import ContextVar
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

from server import clock, models, tokens
from server.db import sql


class Did(StrEnum):
    """Everything that leaves an entry."""

    ORGANIZATION_CREATED = "organization:created"
    PLAN_ASKED = "plan:asked"
    PLAN_CHANGED = "plan:changed"
    WEBSITE_SET = "organization:website_set"
    TEAM_CREATED = "team:created"
    TEAM_RENAMED = "team:renamed"
    TEAM_DELETED = "team:deleted"
    TEAM_HOURS_CHANGED = "team:hours_changed"
    ON_CALL_CHANGED = "team:on_call_changed"
    ROTA_CHANGED = "team:rota_changed"
    ON_CALL_MAILED = "team:on_call_mailed"
    ALERT_RULE_SET = "alert_rule:set"
    ALERT_RULE_REMOVED = "alert_rule:removed"
    ALERT_RAISED = "alert:raised"
    ALERT_ACKNOWLEDGED = "alert:acknowledged"
    ALERT_RESOLVED = "alert:resolved"
    NUMBER_LINKED = "phone_number:linked"
    NUMBER_LABELLED = "phone_number:labelled"
    NUMBER_ORDERED = "phone_number:ordered"
    NUMBER_ORDER_CHANGED = "phone_number:order_changed"
    NUMBER_REGISTERED = "phone_number:registered"
    NUMBER_ENDPOINT_SET = "phone_number:endpoint_set"
    NUMBER_MOVED = "phone_number:moved"
    NUMBER_RELEASED = "phone_number:released"
    NUMBER_TESTED = "phone_number:tested"
    START_DONE = "organization:start_done"
    REGISTRATION_CHANGED = "organization:registration_changed"
    USER_CREATED = "user:created"
    KEY_MADE = "api_key:made"
    KEY_REVOKED = "api_key:revoked"
    HOOK_MADE = "hook:made"
    HOOK_ROTATED = "hook:rotated"
    HOOK_ENABLED = "hook:enabled"
    HOOK_DISABLED = "hook:disabled"
    HOOK_REMOVED = "hook:removed"
    HOOK_REPLAYED = "hook:replayed"
    INVITE_SENT = "invite:sent"
    INVITE_REVOKED = "invite:revoked"
    INVITE_OPENED = "invite:opened"
    INVITE_ACCEPTED = "invite:accepted"
    ROLE_CHANGED = "user:role_changed"
    FACTORS_RESET = "user:factors_reset"
    USER_LEFT = "user:left"
    USER_RETURNED = "user:returned"
    SIGN_IN_PASSWORD = "sign_in:password"  # noqa: S105 - a tag
    SIGN_IN_COMPLETE = "sign_in:complete"
    RESET_ASKED = "password:reset_asked"
    PASSWORD_RESET = "password:reset"  # noqa: S105 - a tag
    PASSWORD_CHANGED = "password:changed"  # noqa: S105 - a tag
    RECOVERY_RENEWED = "recovery:renewed"
    RECOVERY_USED = "recovery:used"
    AUTHENTICATOR_CHANGED = "authenticator:changed"
    SIGN_IN_PASSKEY = "sign_in:passkey"
    PASSKEY_ADDED = "passkey:added"
    PASSKEY_REMOVED = "passkey:removed"
    PASSKEY_REFUSED = "passkey:refused"
    SIGN_IN_SINGLE = "sign_in:single"
    SIGN_ON_SET = "sign_on:set"
    SIGN_ON_TURNED = "sign_on:turned"
    SIGN_OUT = "session:ended"
    SCREEN_LOCKED = "session:locked"
    SCREEN_UNLOCKED = "session:unlocked"
    CONVERSATION_READ = "conversation:read"
    CONVERSATIONS_LISTED = "conversation:listed"
    CONVERSATION_OPENED = "conversation:opened"
    CONVERSATION_DONE = "conversation:done"
    CONVERSATION_REOPENED = "conversation:reopened"
    CONVERSATION_SNOOZED = "conversation:snoozed"
    CONVERSATION_WOKEN = "conversation:woken"
    CONVERSATION_MARKED = "conversation:marked"
    CONVERSATION_UNMARKED = "conversation:unmarked"
    CONVERSATION_OPENED_UP = "conversation:opened_up"
    CONVERSATION_GUARDED = "conversation:guarded"
    CONVERSATION_UNGUARDED = "conversation:unguarded"
    CONVERSATION_CLAIMED = "conversation:claimed"
    CONVERSATION_ASSIGNED = "conversation:assigned"
    CONVERSATION_NUMBER_CHOSEN = "conversation:number"
    MESSAGE_POSTED = "message:posted"
    MESSAGE_RECEIVED = "message:received"
    MESSAGE_VIEWED = "message:viewed"
    NOTE_WRITTEN = "note:written"
    REPLY_CREATED = "saved_reply:created"
    REPLY_CHANGED = "saved_reply:changed"
    REPLY_RETIRED = "saved_reply:retired"
    TAG_CREATED = "tag:created"
    TAG_RETIRED = "tag:retired"
    TAG_PUT_ON = "tag:put_on"
    TAG_TAKEN_OFF = "tag:taken_off"
    PATIENT_TAG_PUT_ON = "patient_tag:put_on"
    PATIENT_TAG_TAKEN_OFF = "patient_tag:taken_off"
    PATIENT_TAGS_READ = "patient:tags_read"
    GROUP_CREATED = "patient_group:created"
    GROUP_RENAMED = "patient_group:renamed"
    GROUP_DELETED = "patient_group:deleted"
    GROUP_RESTORED = "patient_group:restored"
    GROUP_JOINED = "patient_group:joined"
    GROUP_LEFT = "patient_group:left"
    GROUP_READ = "patient_group:read"
    GROUPS_READ = "patient:groups_read"
    DELIVERY_SENT = "delivery:sent"
    DELIVERY_SETTLED = "delivery:settled"
    DELIVERY_RETRIED = "delivery:retried"
    PROXY_ADDED = "proxy:added"
    PROXY_CHANGED = "proxy:changed"
    PROXY_PAUSED = "proxy:paused"
    PROXY_REVIEWED = "proxy:reviewed"
    PROXY_ENDED = "proxy:ended"
    REVIEW_AGE_SET = "proxy:review_age_set"
    PRIVATE_WORDS_SET = "organization:private_words_set"
    CLAIM_LENGTH_SET = "conversation:claim_length_set"
    UNDO_TIME_SET = "message:undo_time_set"
    PATIENT_CREATED = "patient:created"
    PATIENT_READ = "patient:read"
    PATIENT_CHANGED = "patient:changed"
    PATIENT_ARCHIVED = "patient:archived"
    PATIENT_RESTORED = "patient:restored"
    PATIENT_DECEASED = "patient:deceased"
    PATIENT_NOT_DECEASED = "patient:not_deceased"
    PATIENTS_MERGED = "patient:merged"
    PATIENTS_UNMERGED = "patient:unmerged"
    PATIENTS_TOLD_APART = "patient:told_apart"
    DUPLICATES_READ = "patient:duplicates_read"
    PATIENT_TAKEN_BACK = "patient:taken_back"
    IMPORT_BEGAN = "import:began"
    IMPORT_READ = "import:read"
    IMPORT_CHECKED = "import:checked"
    IMPORT_STARTED = "import:started"
    IMPORT_ENDED = "import:ended"
    IMPORT_UNDONE = "import:undone"
    IMPORT_ROWS_SAVED = "import:rows_saved"
    IMPORT_REMOVED = "import:removed"
    BROADCAST_BEGAN = "broadcast:began"
    BROADCAST_CHECKED = "broadcast:checked"
    BROADCAST_SUBMITTED = "broadcast:submitted"
    BROADCAST_APPROVED = "broadcast:approved"
    BROADCAST_CANCELLED = "broadcast:cancelled"
    BROADCAST_PAUSED = "broadcast:paused"
    BROADCAST_RESUMED = "broadcast:resumed"
    BROADCAST_STOPPED = "broadcast:stopped"
    BROADCAST_RETRIED = "broadcast:retried"
    BROADCAST_FINISHED = "broadcast:finished"
    BROADCAST_REMOVED = "broadcast:removed"
    BROADCAST_EXPORTED = "broadcast:exported"
    REPORT_EXPORTED = "report:exported"
    BROADCAST_LIMIT_SET = "broadcast:limit_set"
    BROADCAST_MOST_SET = "broadcast:most_set"
    PATIENTS_SEARCHED = "patients:searched"
    PATIENTS_LISTED = "patients:listed"
    SEARCHED = "words:searched"
    CONSENT_RECORDED = "consent:recorded"
    CONSENT_ENDED = "consent:ended"
    LINK_CREATED = "portal_link:created"
    LINK_FETCHED = "portal_link:fetched"
    LINK_PRESSED = "portal_link:pressed"
    LINK_CONFIRMED = "portal_link:confirmed"
    LINK_REVOKED = "portal_link:revoked"
    IDENTITY_FAILED = "identity:failed"
    IDENTITY_LOCKED = "identity:locked"
    IDENTITY_UNLOCKED = "identity:unlocked"
    IDENTITY_TRIES_READ = "identity:tries_read"
    IDENTITY_TRIES_FORGOTTEN = "identity:tries_forgotten"
    CODE_SENT = "portal_code:sent"
    PORTAL_READ = "portal:read"
    PORTAL_SIGNED_OUT = "portal_session:ended"
    MEMBERSHIP_BEGAN = "membership:began"
    MEMBERSHIP_ENDED = "membership:ended"
    WEBHOOK_REFUSED = "webhook:refused"
    WEBHOOK_REPLAYED = "webhook:replayed"
    STRAY_KEPT = "stray:kept"
    STRAY_SETTLED = "stray:settled"
    STRAYS_READ = "strays:read"
    MESSAGE_RECALLED = "message:recalled"
    MESSAGE_MISFILED = "message:misfiled"
    LATER_MADE = "later:made"
    LATER_CANCELLED = "later:cancelled"
    OPTED_OUT = "contact:opted_out"
    OPTED_IN = "contact:opted_in"
    OPT_OUTS_RECONCILED = "opt_outs:reconciled"
    CONTACT_PAUSED = "contact:paused"
    CONTACT_RESUMED = "contact:resumed"
    CONTACT_ADDED = "contact:added"
    CONTACT_CHANGED = "contact:changed"
    CONTACT_PREFERRED = "contact:preferred"
    CONTACT_REMOVED = "contact:removed"
    TASK_OPENED = "task:opened"
    TASK_CLOSED = "task:closed"
    FILE_KEPT = "file:kept"
    FILE_REFUSED = "file:refused"
    FILE_READ = "file:read"
    CONVERSATION_PREVIEWED = "conversation:previewed"
    EVIDENCE_READ = "evidence:read"
    FILES_LISTED = "file:listed"
    FILE_SAVED = "file:saved"
    FILE_VIEWED = "file:viewed"
    ACCOUNT_OPENED = "account:in_trouble"
    ACCOUNT_CLOSED = "account:well"
    MAIL_BOUNCED = "mail:bounced"
    PREFERENCES_CHANGED = "preferences:changed"
    CONVERSATION_EXPORTED = "conversation:exported"
    DIRECTORY_EXPORTED = "directory:exported"
    PATIENT_EXPORTED = "patient:exported"
    AUDIT_READ = "audit:read"
    AUDIT_EXPORTED = "audit:exported"
    AUDIT_TAKEN = "audit:taken"
    GLASS_BROKEN = "emergency:begun"
    GLASS_ENDED = "emergency:ended"
    ACCESS_REVIEWED = "access:reviewed"
    ALARM_SEEN = "alarm:seen"
    INCIDENT_OPENED = "incident:opened"
    INCIDENT_READ = "incident:read"
    INCIDENT_CLOSED = "incident:closed"
    INCIDENT_EXPORTED = "incident:exported"
    ERASE_ASKED = "organization:erase_asked"
    ERASE_CANCELLED = "organization:erase_cancelled"
    CLINIC_ERASED = "organization:erased"
    RETENTION_SET = "retention:set"
    CONVERSATION_PURGED = "conversation:purged"
    STRAYS_PURGED = "strays:purged"
    HOLD_PLACED = "hold:placed"
    HOLD_LIFTED = "hold:lifted"
    NOTICES_ON = "notices:on"
    NOTICES_OFF = "notices:off"
    PROVED_AGAIN = "sign_in:again"
    OPERATOR_CREATED = "operator:created"
    OPERATOR_RENEWED = "operator:renewed"
    OPERATOR_LEFT = "operator:left"
    CLINIC_LOOKED_AT = "organization:looked_at"
    LETTER_WRITTEN = "letter:written"
    LETTERS_READ = "letter:read"
    HANDSET_READ = "handset:read"
    HANDSET_WRITTEN = "handset:written"


class Actor(msgspec.Struct, frozen=True):
    """Who acts: `staff`, `program`, `patient`, `proxy`, `operator`, `carrier` or `system`, from which address, in
    which session and on what device. `glass` are the patients whom they read by emergency access, each with its id: it
    stands in every entry.
    """

    kind: str
    id: UUID | None = None
    source: str | None = None
    session: UUID | None = None
    device: str | None = None
    glass: frozenset[tuple[UUID, UUID]] = frozenset()


SYSTEM = Actor("system")


_COLUMNS = ("id", "at", "organization_id", "did", "actor_kind", "actor_id", "about_id", "patient_id", "outcome",
            "source", "session_id", "data")  # fmt: skip


class Entry(msgspec.Struct, frozen=True):
    """What an entry says of one patient among many; `data` holds ids, numbers and codes, never words. Without `about`
    it is about the patient.
    """

    patient: UUID
    data: dict[str, object]
    about: UUID | None = None


acting: ContextVar[Actor] = ContextVar("acting", default=SYSTEM)
"""Who this request or task acts for; each door sets it once."""


async def enter(
    did: Did,
    *,
    organization: UUID | None,
    about: UUID | None = None,
    patient: UUID | None = None,
    outcome: str = "done",
    data: dict[str, object] | None = None,
) -> None:
    """Append one entry for the acting person. `data` holds ids, numbers and codes, never words."""
    actor = acting.get()
    await models.AuditEntry.create(
        id=tokens.new_id(),
        at=clock.now(),
        organization_id=organization,
        did=did,
        actor_kind=actor.kind,
        actor_id=actor.id,
        about_id=about,
        patient_id=patient,
        outcome=outcome,
        source=actor.source,
        session_id=actor.session,
        data=msgspec.json.encode(_with_glass(actor, patient, data or {})).decode(),
    )


def _with_glass(actor: Actor, patient: UUID | None, data: dict[str, object]) -> dict[str, object]:
    found = dict(actor.glass).get(patient) if patient and actor.glass else None
    return {"glass": found, **data} if found else data


async def enter_all(did: Did, entries: Sequence[Entry], *, organization: UUID) -> None:
    """Append one entry for each of these patients at once, for the acting person."""
    actor, now = acting.get(), clock.now()
    lines = [
        (
            new,
            now,
            organization,
            did.value,
            actor.kind,
            actor.id,
            entry.about or entry.patient,
            entry.patient,
            "done",
            actor.source,
            actor.session,
            msgspec.json.encode(entry.data).decode(),
        )
        for new, entry in zip(tokens.new_ids(len(entries)), entries, strict=True)
    ]
    await sql.add("audit_entry", _COLUMNS, lines)


async def enter_once(
    did: Did,
    *,
    within: timedelta,
    organization: UUID,
    about: UUID,
    patient: UUID | None = None,
    data: dict[str, object] | None = None,
) -> None:
    """The same, unless this person did it in this session within this time: one look, however often it repeats."""
    actor = acting.get()
    lately = models.AuditEntry.filter(
        actor_id=actor.id, at__gt=clock.now() - within, did=did, about_id=about, session_id=actor.session
    )
    if not await lately.exists():
        await enter(did, organization=organization, about=about, patient=patient, data=data)
