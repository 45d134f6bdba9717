"""What each tag of the audit says to a person, after the name of who did it: *Dana Reyes* “read the conversation”."""

from typing import Literal

from server.audit import Did

Sort = Literal["looked", "took_out", "wrote", "sent", "changed", "portal", "signed_in", "set_up"]
"""The sorts of acts that an admin asks for. `looked`: saw what is on record, and changed nothing."""

LOOKED: dict[Did, str] = {
    Did.CONVERSATION_READ: "read the conversation",
    Did.CONVERSATION_PREVIEWED: "looked at the patient’s page as the patient sees it",
    Did.CONVERSATIONS_LISTED: "saw how the patient’s conversations begin",
    Did.EVIDENCE_READ: "looked up what became of a message",
    Did.FILE_READ: "opened a file",
    Did.FILES_LISTED: "saw which files the patient has",
    Did.PATIENT_READ: "opened the patient’s entry",
    Did.PATIENTS_SEARCHED: "searched the directory",
    Did.PATIENTS_LISTED: "looked at a page of the directory",
    Did.SEARCHED: "searched for words in messages and notes",
    Did.PATIENT_TAGS_READ: "saw the patient’s tags",
    Did.GROUPS_READ: "saw in which groups the patient is",
    Did.GROUP_READ: "looked at who is in a group",
    Did.DUPLICATES_READ: "saw who may be the same person as the patient",
    Did.STRAYS_READ: "read what unknown senders wrote",
    Did.IDENTITY_TRIES_READ: "saw what was typed in failed checks",
    Did.AUDIT_READ: "asked the audit",
}
TOOK_OUT: dict[Did, str] = {
    Did.CONVERSATION_EXPORTED: "saved the conversation as a file",
    Did.PATIENT_EXPORTED: "saved the patient’s record as a file",
    Did.DIRECTORY_EXPORTED: "saved the whole directory as a file",
    Did.BROADCAST_EXPORTED: "saved the report of a broadcast as a file",
    Did.FILE_SAVED: "saved a file",
    Did.IMPORT_ROWS_SAVED: "saved the rows of a list that were left over",
    Did.AUDIT_EXPORTED: "began to save the audit as a file",
    Did.AUDIT_TAKEN: "had the whole of that file of the audit",
}
WROTE: dict[Did, str] = {
    Did.MESSAGE_POSTED: "wrote a message",
    Did.MESSAGE_RECEIVED: "wrote to the clinic",
    Did.MESSAGE_RECALLED: "took a message back",
    Did.MESSAGE_MISFILED: "moved a message that was somebody else’s",
    Did.NOTE_WRITTEN: "wrote a note",
    Did.LATER_MADE: "wrote a message to go later",
    Did.LATER_CANCELLED: "cancelled a message that was to go later",
    Did.FILE_KEPT: "added a file",
    Did.FILE_REFUSED: "tried to add a file that is not taken",
    Did.CONVERSATION_OPENED: "began the conversation",
    Did.CONVERSATION_DONE: "marked the conversation done",
    Did.CONVERSATION_REOPENED: "opened the conversation again",
    Did.CONVERSATION_SNOOZED: "put the conversation off",
    Did.CONVERSATION_WOKEN: "brought the conversation back",
    Did.CONVERSATION_MARKED: "marked the conversation",
    Did.CONVERSATION_UNMARKED: "took the mark off the conversation",
    Did.CONVERSATION_CLAIMED: "took the conversation to answer it",
    Did.CONVERSATION_ASSIGNED: "changed whose work the conversation is",
    Did.CONVERSATION_NUMBER_CHOSEN: "chose the number that the conversation goes on from",
    Did.TAG_PUT_ON: "put a tag on the conversation",
    Did.TAG_TAKEN_OFF: "took a tag off the conversation",
    Did.STRAY_KEPT: "wrote as an unknown sender",
    Did.STRAY_SETTLED: "settled what an unknown sender wrote",
    Did.TASK_OPENED: "opened a task",
    Did.TASK_CLOSED: "closed a task",
}
SENT: dict[Did, str] = {
    Did.DELIVERY_SENT: "handed a message or a notice to its carrier",
    Did.DELIVERY_SETTLED: "learned what became of a message or a notice",
    Did.DELIVERY_RETRIED: "had a message sent again",
    Did.MAIL_BOUNCED: "sent a mail back",
    Did.CODE_SENT: "asked for a code",
    Did.LINK_CREATED: "made a link to the patient’s page",
    Did.LINK_REVOKED: "ended a link to the patient’s page",
    Did.WEBHOOK_REFUSED: "called without a right to, and was refused",
    Did.WEBHOOK_REPLAYED: "let a call of the carrier have its effect",
    Did.BROADCAST_BEGAN: "began a broadcast",
    Did.BROADCAST_CHECKED: "checked a broadcast",
    Did.BROADCAST_SUBMITTED: "submitted a broadcast",
    Did.BROADCAST_APPROVED: "approved a broadcast",
    Did.BROADCAST_CANCELLED: "cancelled a broadcast",
    Did.BROADCAST_PAUSED: "paused a broadcast",
    Did.BROADCAST_RESUMED: "let a broadcast go on",
    Did.BROADCAST_STOPPED: "stopped a broadcast",
    Did.BROADCAST_RETRIED: "sent a broadcast again to whom it had not reached",
    Did.BROADCAST_FINISHED: "came to the end of a broadcast",
    Did.BROADCAST_REMOVED: "removed a broadcast",
}
CHANGED: dict[Did, str] = {
    Did.PATIENT_CREATED: "added the patient",
    Did.PATIENT_CHANGED: "changed the patient’s entry",
    Did.PATIENT_ARCHIVED: "archived the patient",
    Did.PATIENT_RESTORED: "brought the patient back from the archive",
    Did.PATIENT_DECEASED: "noted that the patient has died",
    Did.PATIENT_NOT_DECEASED: "took back that the patient has died",
    Did.PATIENTS_MERGED: "merged two entries of the patient",
    Did.PATIENTS_UNMERGED: "took a merge of two entries apart",
    Did.PATIENTS_TOLD_APART: "noted that two entries are two people",
    Did.PATIENT_TAKEN_BACK: "took an entry back that was added by mistake",
    Did.CONTACT_ADDED: "added a phone or e-mail",
    Did.CONTACT_CHANGED: "changed a phone or e-mail",
    Did.CONTACT_PREFERRED: "made another phone or e-mail the preferred one",
    Did.CONTACT_REMOVED: "removed a phone or e-mail",
    Did.CONTACT_PAUSED: "let a phone or e-mail rest",
    Did.CONTACT_RESUMED: "let a phone or e-mail be used again",
    Did.CONSENT_RECORDED: "recorded a consent",
    Did.CONSENT_ENDED: "ended a consent",
    Did.OPTED_OUT: "stopped messages to the patient",
    Did.OPTED_IN: "let messages to the patient go again",
    Did.OPT_OUTS_RECONCILED: "compared our stops with the carrier’s list",
    Did.PREFERENCES_CHANGED: "changed how the patient likes to be written to",
    Did.PATIENT_TAG_PUT_ON: "put a tag on the patient",
    Did.PATIENT_TAG_TAKEN_OFF: "took a tag off the patient",
    Did.GROUP_JOINED: "put the patient into a group",
    Did.GROUP_LEFT: "took the patient out of a group",
    Did.PROXY_ADDED: "let somebody act for the patient",
    Did.PROXY_CHANGED: "changed what who acts for the patient may do",
    Did.PROXY_PAUSED: "paused who acts for the patient",
    Did.PROXY_REVIEWED: "looked again at who acts for the patient",
    Did.PROXY_ENDED: "ended that somebody acts for the patient",
    Did.IMPORT_BEGAN: "began to bring in a list of patients",
    Did.IMPORT_READ: "read a list of patients",
    Did.IMPORT_CHECKED: "checked a list of patients",
    Did.IMPORT_STARTED: "started to bring in a list of patients",
    Did.IMPORT_ENDED: "brought in a list of patients",
    Did.IMPORT_UNDONE: "undid the bringing in of a list",
    Did.IMPORT_REMOVED: "removed a list of patients",
}
PORTAL: dict[Did, str] = {
    Did.LINK_FETCHED: "fetched the page of a link",
    Did.LINK_PRESSED: "pressed “open” on a link",
    Did.LINK_CONFIRMED: "confirmed who they are",
    Did.IDENTITY_FAILED: "failed the check of who they are",
    Did.IDENTITY_LOCKED: "failed the check too often, and was locked out",
    Did.IDENTITY_UNLOCKED: "unlocked the check of who somebody is",
    Did.IDENTITY_TRIES_FORGOTTEN: "forgot what was typed in failed checks",
    Did.PORTAL_READ: "read the conversation on the patient’s page",
    Did.MESSAGE_VIEWED: "viewed a message on the patient’s page",
    Did.FILE_VIEWED: "viewed a file on the patient’s page",
    Did.PORTAL_SIGNED_OUT: "left the patient’s page",
}
SIGNED_IN: dict[Did, str] = {
    Did.SIGN_IN_PASSWORD: "gave a password to sign in",
    Did.SIGN_IN_COMPLETE: "signed in",
    Did.PROVED_AGAIN: "proved once more who they are",
    Did.SIGN_OUT: "signed out",
    Did.SCREEN_LOCKED: "locked the screen",
    Did.SCREEN_UNLOCKED: "unlocked the screen",
}
SET_UP: dict[Did, str] = {
    Did.ORGANIZATION_CREATED: "set up the clinic",
    Did.PLAN_ASKED: "asked for a plan",
    Did.PLAN_CHANGED: "changed the clinic’s plan",
    Did.WEBSITE_SET: "set where “Leave this page” leads",
    Did.TEAM_CREATED: "added a team",
    Did.TEAM_HOURS_CHANGED: "changed a team’s hours",
    Did.ON_CALL_CHANGED: "changed who is on call",
    Did.ON_CALL_MAILED: "wrote to who is on call",
    Did.NUMBER_LINKED: "gave a number to a team",
    Did.NUMBER_LABELLED: "named a number",
    Did.USER_CREATED: "added a person to the staff",
    Did.MEMBERSHIP_BEGAN: "put somebody into a team",
    Did.MEMBERSHIP_ENDED: "took somebody out of a team",
    Did.REPLY_CREATED: "added a saved reply",
    Did.REPLY_CHANGED: "changed a saved reply",
    Did.REPLY_RETIRED: "removed a saved reply",
    Did.TAG_CREATED: "added a tag",
    Did.TAG_RETIRED: "removed a tag",
    Did.GROUP_CREATED: "added a group",
    Did.GROUP_RENAMED: "renamed a group",
    Did.GROUP_DELETED: "deleted a group",
    Did.GROUP_RESTORED: "brought a group back",
    Did.REVIEW_AGE_SET: "set the age at which who acts for a patient is looked at again",
    Did.PRIVATE_WORDS_SET: "set the words that do not go in a normal text",
    Did.CLAIM_LENGTH_SET: "set for how long a conversation is taken",
    Did.BROADCAST_LIMIT_SET: "set how large a broadcast may be without approval",
    Did.BROADCAST_MOST_SET: "set how many broadcasts a patient may get",
    Did.ACCOUNT_OPENED: "noted trouble with a carrier’s account",
    Did.ACCOUNT_CLOSED: "noted that a carrier’s account is well again",
    Did.NOTICES_ON: "switched notices on for a computer",
    Did.NOTICES_OFF: "switched notices off for a computer",
}

SORTS: dict[Sort, dict[Did, str]] = {
    "looked": LOOKED,
    "took_out": TOOK_OUT,
    "wrote": WROTE,
    "sent": SENT,
    "changed": CHANGED,
    "portal": PORTAL,
    "signed_in": SIGNED_IN,
    "set_up": SET_UP,
}
WORDS: dict[str, str] = {did.value: words for of_sort in SORTS.values() for did, words in of_sort.items()}
SORT_OF: dict[str, Sort] = {did.value: sort for sort, of_sort in SORTS.items() for did in of_sort}

SHOWN: frozenset[Did] = frozenset({Did.PATIENTS_SEARCHED, Did.PATIENTS_LISTED, Did.SEARCHED, Did.GROUP_READ})
"""Whose entries are about many patients at once; whom they showed stands in their data."""

SAW: frozenset[Did] = frozenset(
    {*LOOKED, *TOOK_OUT, Did.LINK_PRESSED, Did.LINK_CONFIRMED, Did.PORTAL_READ, Did.MESSAGE_VIEWED, Did.FILE_VIEWED}
) - {Did.AUDIT_EXPORTED, Did.AUDIT_TAKEN}
"""By which somebody saw something of a patient. Whoever wrote or changed something saw it too, and has lines of it."""


def words_of(did: str) -> str:
    """The sentence of a tag; of one that an earlier release wrote and this one does not know, the tag."""
    return WORDS.get(did, did)
