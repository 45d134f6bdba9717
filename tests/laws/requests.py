"""A good request for every act that is asked of a record, for whoever has no right to it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from server import clock, models
from server.domain import streams
from tests import pictures

TEAM = "the team of the conversation"
REPLY: dict[str, Any] = {"title": "Form", "shortcut": "form", "bodies": {"en": "It is ready"}, "content": "private"}
BROADCAST: dict[str, Any] = {"title": "Flu clinic", "bodies": {"en": "The flu clinic is on Monday."}}
BODIES: dict[str, Any] = {
    "post_message": {"key": "k", "via": "secure_sms", "body": "Hello"},
    "write_note": {"key": "n", "body": "Her daughter called"},
    "mark_mentions_seen": {},
    "keep_draft": {"kind": "note", "body": "Her daughter"},
    "put_tag_on": {},
    "take_tag_off": None,
    "retire_tag": None,
    "rename_group": {"name": "Another"},
    "delete_group": None,
    "restore_group": {},
    "add_to_group": None,
    "remove_from_group": None,
    "tag_patients": None,
    "untag_patients": None,
    "merge_patient": None,
    "undo_merge": {},
    "tell_apart": None,
    "change_reply": {**REPLY, "shortcut": "other"},
    "retire_reply": None,
    "mark_done": {"why": "not_needed"},
    "reopen": {},
    "mark_seen": {"number": 1},
    "retry_delivery": {},
    "recall_message": {},
    "write_later": {
        "key": "l",
        "via": "secure_sms",
        "body": "Hello",
        "at": f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}",
    },
    "cancel_later": None,
    "change_patient": {"mrn": "X-1"},
    "record_consent": {"kind": "plain_sms", "wording": "Yes"},
    "end_consent": None,
    "close_task": {"outcome": "keep_texts"},
    "record_stop": {"by": "text", "team_id": TEAM, "words": "She said so on the phone"},
    "lift_stop": {"by": "text", "team_id": TEAM, "words": "She changed her mind"},
    "attach_stray": None,
    "make_patient": {},
    "dismiss_stray": {},
    "reopen_stray": {},
    "detach_stray": {},
    "move_message": {"patient_id": None},
    "decide_wish": {"outcome": "stop_texts"},
    "export_conversation": {"format": "json"},
    "set_private_words": {"more": ["biopsy report"], "fewer": []},
    "export_patient": {"format": "json"},
    "end_email_consent": None,
    "add_proxy": {"id": str(UUID(int=8)), "details": {"name": "Carlos", "email": "carlos@example.com"}},
    "change_proxy": {"notices": False},
    "end_proxy": {"why": "asked"},
    "keep_proxy": {},
    "restore_proxy": {},
    "add_contact": {"id": str(UUID(int=12)), "kind": "phone", "said": {"value": "312 555 0171"}},
    "change_contact": {"said": {"label": "home"}},
    "prefer_contact": {},
    "remove_contact": {},
    "use_contact_again": {},
    "restore_phone": {},
    "restore_email": {},
    "archive_patient": {},
    "restore_patient": {},
    "mark_deceased": {},
    "unmark_deceased": None,
    "begin_upload": {"key": "begun", "name": "note.txt", "media_type": "text/plain", "size": 5},
    "drop_upload": None,
    "change_hours": {"week": [[]] * 7},
    "label_number": {"number": "+13125550100", "label": "Refills line"},
    "test_number": {"phone": "312 555 0888"},
    "release_number": {"typed": "(312) 555-0100"},
    "remove_alert_rule": None,
    "acknowledge_alert": {},
    "change_rota": {"week": [[], [], [], [], [], [], []]},
    "say_on_call": {"who": [], "until": None},
    "assign": {"to": None},
    "choose_number": {"number": "+13125550100"},
    "hand_over": {"key": "h", "to": None, "body": "Her daughter called"},
    "claim": {},
    "break_glass": {"reason": "She lies in the emergency room"},
    "end_glass": {},
    "see_alarm": {"note": "I asked her"},
    "review_access": {"until": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}", "note": "She asked her to"},
    "report_misdirected": {"account": "I chose the wrong Ines"},
    "close_incident": {
        "nature": "A result",
        "recipient": "Her sister",
        "viewed": "No",
        "mitigation": "Taken back",
        "is_breach": False,
    },
    "hold_patient": {"id": str(UUID(int=13)), "reason": "Case 24-117"},
    "lift_hold": {"why": "The case is closed"},
    "export_incident": {"format": "json"},
    "guard": {"named": []},
    "open_up": {"named": []},
    "unguard": {},
    "snooze": {"until": f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"},
    "wake": {},
    "mark_priority": {"on": True},
    "rename_view": {"name": "Another"},
    "remove_view": None,
    "set_import_columns": {"fields": ["phone", "mrn", "first_name", "last_name", "date_of_birth", "email"]},
    "decide_import_rows": {"decision": {"take": ["phone"]}},
    "correct_import_row": {"row": 3, "cells": ["3125550142", "A-2", "Bo", "Lee", "", ""]},
    "start_import": {},
    "pause_import": {},
    "resume_import": {},
    "stop_import": {},
    "undo_import": {},
    "remove_import": None,
    "change_broadcast": {**BROADCAST, "rev": 1},
    "remove_broadcast": None,
    "list_broadcast_patients": {"text": "M-1001"},
    "check_broadcast": {},
    "submit_broadcast": {"rev": 1},
    "approve_broadcast": {},
    "cancel_broadcast": {},
    "pause_broadcast": {},
    "resume_broadcast": {},
    "stop_broadcast": {},
    "retry_broadcast": {},
    "save_broadcast_report": {},
    "rename_team": {"name": "Reception"},
    "delete_team": None,
    "let_into_team": {"user": None},
    "take_out_of_team": {"user": None},
    "change_role": {"role": "supervisor"},
    "reset_factors": {},
    "let_leave": {},
    "let_return": {},
    "sign_out_person": {},
    "invite_again": {},
    "revoke_invite": None,
    "revoke_key": None,
    "remove_hook": None,
    "rotate_hook": {},
    "enable_hook": {},
    "test_hook": {},
    "replay_hook": {"since": "2026-01-01T00:00:00Z"},
    "end_other_session": None,
    "rename_passkey": {"name": "My laptop"},
    "remove_passkey": None,
}
"""A good request for each act on a record."""
RAW = {
    "keep_evidence": (pictures.PDF, "application/pdf"),
    "add_to_upload": (b"Hello", "application/octet-stream"),
    "add_to_import": (b"phone", "application/octet-stream"),
}
"""The same for acts whose body is no JSON."""
IMPORTS: dict[str, dict[str, Any]] = {
    "add_to_import": {"state": "receiving", "received": 0},
    "pause_import": {"state": "writing"},
    "stop_import": {"state": "writing"},
    "resume_import": {"state": "paused"},
    "undo_import": {"state": "done"},
}
"""How far a list must be for an act on it, where it is not checked."""


FOR_ADMINS = {
    *("rename_team", "delete_team", "let_into_team", "take_out_of_team", "show_team_history"),
    *("change_role", "let_leave", "reset_factors", "let_return", "sign_out_person", "invite_again", "revoke_invite"),
    *("revoke_key", "remove_hook", "rotate_hook", "enable_hook", "test_hook", "replay_hook", "show_hook_log"),
    *("test_number", "release_number", "move_number", "list_seers", "see_alarm", "open_up"),
    *("show_incident", "close_incident", "export_incident", "review_access", "hold_patient", "lift_hold"),
}
"""Acts on a record that neither its own team nor supervisors may do."""


async def unused_team(beside: UUID) -> UUID:
    """One that is the same clinic's; the same id where there is no such team."""
    team = await models.Team.filter(id=beside).first()
    if team is None:
        return beside
    await models.Team.filter(name="Unused").delete()
    made = await models.Team.create(organization_id=team.organization_id, name="Unused", created_at=clock.now())
    await streams.begin(made.id, made.organization_id, models.StreamOf.TEAM)
    return made.id


async def asked(name: str, path: str, ids: Mapping[str, object]) -> tuple[str, Any]:
    """The path and the body of a request about these records, where the body or the query names some too."""
    body, other = BODIES.get(name), str(ids["other"])
    if name in ("guard", "move_number"):
        return path, {"named": [str(ids["user"])]} if name == "guard" else {"team_id": str(ids["team"])}
    if isinstance(body, dict) and body.get("team_id") == TEAM:
        thread = await models.Conversation.all().order_by("created_at").first()
        return path, {**body, "team_id": str(thread.team_id) if thread else TEAM}
    match name:
        case "add_contact" | "change_contact" | "prefer_contact" | "remove_contact":
            return path, {**BODIES[name], "rev": await _rev(ids["patient"])}
        case "attach_stray":
            return path, {"patient_id": str(ids["patient"])}
        case "add_to_group" | "remove_from_group" | "tag_patients" | "untag_patients":
            return path, {"patients": [str(ids["patient"])]}
        case "let_into_team" | "take_out_of_team":
            return path, {"user": str(ids["user"])}
        case "show_merge":
            return f"{path}?other={other}", None
        case "tell_apart":
            return path, {"other": other}
        case "merge_patient":
            revs = {"rev": await _rev(ids["patient"]), "other_rev": await _rev(other)}
            return path, {"other": other, "take": [], **revs}
    return path, body


async def _rev(patient: object) -> int:
    found = await models.Patient.filter(id=UUID(str(patient))).first() if len(str(patient)) > 1 else None
    return found.rev if found else 1
