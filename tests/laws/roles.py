"""Who may do what: the role × function table (B07). A route without a line here fails the law.

Four people of one clinic ask, of records of the front desk: Dana, a member of it; Val, who supervises, and Ana, an
admin, who are in no team; and Robin, a member of another team.
"""

from collections.abc import Mapping, Sequence

PEOPLE = ("dana", "val", "ana", "robin")

EVERYBODY = """
    list_sessions end_other_sessions
    show_account renew_recovery_codes begin_authenticator confirm_authenticator change_password
    begin_passkey add_passkey
    show_me show_sending show_facts stay_signed_in prove_again list_teams list_numbers list_coworkers show_shift
    switch_on_notices resume_notices switch_off_notices list_replies save_view list_mentions show_plan
    show_directory find_patients find_words show_patient add_patient change_patient list_files list_conversations
    keep_evidence list_contacts add_contact change_contact prefer_contact remove_contact use_contact_again
    restore_phone restore_email record_consent end_consent end_email_consent archive_patient restore_patient
    mark_deceased unmark_deceased list_duplicates_of show_merge list_groups list_group_members
    add_to_group remove_from_group list_groups_of_patient list_tags_of_patient tag_patients untag_patients
    break_glass list_own_glass export_patient list_broadcasts act_on_several show_strays mark_strays_seen
"""
"""The directory is the whole clinic's, and lists hold what their reader may see: several of these answer with less."""

MEMBERS = """
    open_conversation post_message recall_message write_later cancel_later retry_delivery write_note keep_draft
    begin_upload assign hand_over claim snooze wake mark_priority guard unguard mark_done reopen choose_number
    put_tag_on take_tag_off close_task record_stop lift_stop
    report_misdirected attach_stray make_patient dismiss_stray reopen_stray detach_stray move_message decide_wish
    begin_broadcast change_broadcast remove_broadcast list_broadcast_patients check_broadcast submit_broadcast
    resume_broadcast retry_broadcast save_broadcast_report
"""
"""Taking part. Who supervises sees that it is there, and is told that it takes membership."""

READERS = """
    show_inbox show_conversation show_guard show_decisions mark_seen show_draft show_evidence export_conversation
    show_file show_page show_words mark_mentions_seen show_ahead show_tries list_members
    show_broadcast list_broadcast_recipients approve_broadcast cancel_broadcast pause_broadcast stop_broadcast
"""
"""Observing, and bringing a broadcast to a stop. An admin observes no team."""

MANAGERS = """
    list_imports begin_import add_to_import show_import list_import_rows save_import_problems set_import_columns
    decide_import_rows correct_import_row start_import pause_import resume_import stop_import undo_import remove_import
    create_tag retire_tag create_group rename_group delete_group restore_group create_reply change_reply retire_reply
    list_duplicates merge_patient undo_merge tell_apart export_directory show_report export_report
    list_alert_rules set_alert_rule remove_alert_rule list_alerts acknowledge_alert
"""
"""What is the whole clinic's, changed for everybody."""

ROWS: Mapping[tuple[str, ...], str] = {
    PEOPLE: EVERYBODY,
    ("dana",): MEMBERS,
    ("dana", "val"): READERS,
    ("val", "ana", "-robin"): "change_hours say_on_call change_rota label_number",
    ("dana", "val", "ana", "-robin"): "show_hours show_on_call show_rota",
    ("dana", "robin"): "add_proxy change_proxy end_proxy keep_proxy restore_proxy",
    ("ana",): """
        wish_for_plan set_broadcast_alone set_broadcast_most set_review_age set_private_words set_claim_length
        set_undo_time
        list_people make_team change_role let_leave let_return sign_out_person invite_person invite_again revoke_invite
        reset_factors
        search_numbers order_number bring_number test_number move_number release_number finish_start
        list_glass read_audit list_seers export_audit list_keys make_key revoke_key show_letters write_letter
        see_letters list_hooks make_hook remove_hook rotate_hook enable_hook test_hook replay_hook show_hook_log
        show_sign_on set_sign_on turn_sign_on test_sign_on
        show_handset write_on_handset list_alarms see_alarm list_unopened
        list_incidents show_incident close_incident export_incident
        list_unusual review_access list_holds hold_clinic hold_patient lift_hold
        show_retention set_retention list_gone
    """,
    ("ana", "-robin"): "rename_team let_into_team take_out_of_team show_team_history",
    ("ana", "-dana", "-robin"): "delete_team",
    ("ana", "-dana", "-val", "-robin"): "open_up",
    ("dana", "ana", "-val", "-robin"): "end_glass",
    ("val", "ana"): f"{MANAGERS} show_numbers show_board",
    ("dana", "-val", "-ana", "-robin"): """
        add_to_upload show_upload drop_upload rename_view remove_view end_other_session
        rename_passkey remove_passkey
    """,
}
"""Everybody else is told 403 `not_allowed`; who is written with a minus, and who does not see it at all, 404."""

_OF_A_TEAM = (*MEMBERS.split(), *READERS.split())
UNSEEN: Mapping[str, Sequence[str]] = {"dana": (), "val": (), "ana": _OF_A_TEAM, "robin": _OF_A_TEAM}
"""What is not even there for them: conversations are their team's and its observers'."""

BEFORE_A_ROLE = {
    "begin_session": "nobody is signed in yet",
    "complete_session": "one factor is given, which opens nothing",
    "ask_passkey": "nobody is signed in yet",
    "begin_session_with_passkey": "nobody is signed in yet",
    "show_session": "whose it is, also while its screens are locked",
    "lock_session": "also of a session that is locked",
    "ask_proof": "also while it is locked; what is signed is what it asks for",
    "unlock_session": "a password is what it asks for",
    "list_others": "who else is signed in in this browser, also while it is locked",
    "switch_session": "everybody may leave their computer to a colleague",
    "end_session": "everybody may leave",
}
"""Routes that no role decides, and why."""

BODIES: Mapping[str, object] = {
    "stay_signed_in": {},
    "prove_again": {"password": "not mine, which is no question of a role"},
    "switch_on_notices": {"endpoint": "https://push.example/x", "p256dh": "x", "auth": "y"},
    "resume_notices": {"endpoint": "https://push.example/x"},
    "switch_off_notices": {"endpoint": "https://push.example/x"},
    "save_view": {"name": "Open ones", "view": "open"},
    "find_patients": {"find": "Ines"},
    "find_words": {"q": "Hello"},
    "add_patient": {"first_name": "New", "last_name": "One"},
    "begin_import": {"key": "z", "name": "a.csv", "size": 5},
    "create_tag": {"name": "Another", "colour": "teal"},
    "create_group": {"name": "Another"},
    "create_reply": {"title": "Two", "shortcut": "two", "bodies": {"en": "It is ready"}, "content": "private"},
    "export_directory": {},
    "export_report": {"name": "volumes", "first": "2026-01-01", "last": "2026-01-02"},
    "wish_for_plan": {"wants": "paid"},
    "set_alert_rule": {"kind": "nobody", "over": 10},
    "make_team": {"name": "Another"},
    "write_letter": {"id": "01a222a1-0000-7000-8000-00000000000e", "body": "How do we bring our number?"},
    "see_letters": {},
    "set_retention": {"years": 7},
    "hold_clinic": {"id": "01a222a1-0000-7000-8000-00000000000f", "reason": "Case 24-117"},
    "end_other_sessions": {},
    "renew_recovery_codes": {},
    "begin_authenticator": {},
    "confirm_authenticator": {"code": "000000"},
    "begin_passkey": {},
    "add_passkey": {"id": "x", "client_data": "e30", "attestation": "x", "name": "Mine"},
    "change_password": {"password": "not mine, which is no question of a role", "new": "the heron stands in the reeds"},
    "export_audit": {"format": "csv", "since": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"},
    "invite_person": {"email": "kim@mercy.example", "name": "Kim Park"},
    "make_hook": {"url": "https://records.example.com/heard", "kinds": ["message.received"]},
    "set_sign_on": {
        "issuer": "https://id.example.com",
        "client_id": "bloomtext",
        "domains": ["mercy.example"],
        "secret": "a secret of theirs",
    },
    "turn_sign_on": {"on": True},
    "test_sign_on": {},
    "make_key": {"name": "Records", "scopes": ["patients:read"], "days": 30},
    "search_numbers": {"area_code": "312"},
    "finish_start": {},
    "set_review_age": {"years": 18},
    "set_claim_length": {"minutes": 10},
    "set_undo_time": {"seconds": 10},
    "set_private_words": {"more": [], "fewer": []},
    "set_broadcast_alone": {"many": 5},
    "set_broadcast_most": {"many": 5},
}
"""A good request where the address names no record."""


def may(operation: str) -> tuple[tuple[str, ...], dict[str, int]]:
    """Who may, and the status that each of the others is told.

    :raises KeyError: no row says it
    """
    row = next((people for people, names in ROWS.items() if operation in names.split()), None)
    if row is None:
        raise KeyError(f"who may {operation}? Give it a row in tests/laws/roles.py")
    allowed = tuple(each for each in row if not each.startswith("-"))
    hidden = {each[1:] for each in row if each.startswith("-")}
    told = {each: 404 if each in hidden or operation in UNSEEN[each] else 403 for each in PEOPLE}
    return allowed, {each: status for each, status in told.items() if each not in allowed}
