"""What was done with a conversation, and to its patient's record, in the sentences that staff read on their screens
(`web/src/words/events.ts`).
"""

from server import transcripts
from server.queries.work_views import Colleague, WorkEvent

_REASONS = {
    "by_phone": "answered by phone",
    "not_needed": "no answer needed",
    "moved": "moved here with its number; the patient has another conversation with this team",
    "merged": "merged into another entry of this patient",
}


_HOW = {
    "keyword": ": asked for by text",
    "portal": ": chosen on the messages page",
    "mail": ": asked for by mail",
    "carrier": ": the carrier was asked",
    "list": ": on the carrier’s list",
}


def line_of(event: WorkEvent, zone: str) -> str:
    """One of them, without when it was."""
    return _of_the_record(event) or _of_the_work(event, zone)


def _of_the_record(event: WorkEvent) -> str | None:
    match event.kind:
        case "texts_off":
            return f"Texts stopped{_said(event)}"
        case "texts_on":
            return f"Texts go again{_said(event)}"
        case "mails_off":
            return f"Mails stopped{_said(event)}"
        case "mails_on":
            return f"Mails go again{_said(event)}"
        case "agreed" | "withdrew":
            turn = "given" if event.kind == "agreed" else "withdrawn"
            how = f", noted by {event.by.name}" if event.by else " on the messages page"
            return f"Consent to {'e-mail' if event.why == 'email' else 'plain texts'} {turn}{how}"
        case "contact":
            what = "e-mail address" if event.why == "email" else "phone number"
            return f"{_name(event.by)} changed the {what} on file"
        case "unproven":
            return "Somebody with the link could not prove to be the patient"
        case "locked":
            return "Too many wrong tries to prove who reads: a pause began"
        case "unlocked":
            return f"{_name(event.by)} let the patient try again"
        case _:
            return None


def _said(event: WorkEvent) -> str:
    return f", noted by {event.by.name}" if event.by else _HOW.get(event.why or "", "")


def _of_the_work(event: WorkEvent, zone: str) -> str:
    who = _name(event.by)
    match event.kind:
        case "assigned":
            return f"{who} took this on" if _is_own(event) else f"{who} assigned this to {_name(event.to)}"
        case "released":
            return _released(event)
        case "snoozed":
            return f"{who} snoozed this{_until(event, zone)}"
        case "woke":
            return _woke(event)
        case "marked":
            is_urgent = event.why == "urgent_words"
            return "Words that may be urgent gave this priority" if is_urgent else f"{who} marked this as priority"
        case "unmarked":
            return f"{who} {'found nothing urgent and ' if event.why == 'not_urgent' else ''}took the priority off"
        case "done":
            return f"{who} marked this done{_reason(event)}"
        case "reopened":
            is_lost = event.why == "undelivered"
            return "Open again, as a message did not arrive" if is_lost else f"{who} reopened this"
        case other:
            raise AssertionError(other)


def _until(event: WorkEvent, zone: str) -> str:
    if event.until is None:
        return ""
    at = transcripts.clock(event.until, zone)
    return f" until the patient replies, at the latest until {at}" if event.why == "reply" else f" until {at}"


def _is_own(event: WorkEvent) -> bool:
    return event.by is not None and event.by == event.to


def _released(event: WorkEvent) -> str:
    if event.by is None:
        return f"{_name(event.to)} left the team, so this is nobody’s now"
    if _is_own(event):
        return f"{event.by.name} gave this back to the team"
    return f"{event.by.name} took this from {_name(event.to)}"


def _woke(event: WorkEvent) -> str:
    if event.by:
        return f"{event.by.name} ended the snooze"
    return "The snooze ended, as the patient wrote" if event.why == "patient_wrote" else "The snooze is over"


def _reason(event: WorkEvent) -> str:
    said = [_REASONS.get(event.why or "", ""), f"“{event.words}”" if event.words else ""]
    return f": {', '.join(filter(None, said))}" if any(said) else ""


def _name(colleague: Colleague | None) -> str:
    return colleague.name if colleague else "Somebody"
