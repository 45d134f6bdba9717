"""How the gate says no: what is in the way, and what to do instead."""

from server import people, reasons
from server.domain.gate.asked import Asked
from server.errors import Kind, Refusal

SENTENCES = {
    "no_phone": "This patient has no phone number on file. Add one, or choose another way.",
    "no_email": "This patient has no e-mail address on file. Add one, or choose another way.",
    "no_number": "Your team has no phone number yet. Your clinic's admin can add one. Write by e-mail, or call.",
    "number_pending": "Carriers do not take texts from your team's number yet. Write by e-mail, or call the patient.",
    "number_blocked": "Carriers block your team's number. Write by e-mail or call, and tell your clinic's admin.",
    "region": "We do not send texts to numbers of that country. Write by e-mail, or call the patient.",
    "premium": "That number costs whoever calls it, so nothing is sent there. Check the patient's phone number.",
    "opted_out": "The patient stopped texts from this number. Write by e-mail, or let them text START to {number}.",
    "mail_opted_out": "The patient stopped our e-mails. Send a secure text, or call the patient.",
    "paused": "Somebody said that this contact is not the patient's. Check it with the patient, then use it again.",
    "do_not_use": "Three messages in a row did not arrive there. Check it with the patient, then use it again.",
    "number_dead": "That number is no longer in use. Ask the patient for the new one, or choose another way.",
    "no_mailbox": "There is no such mailbox. Ask the patient for the right address, or choose another way.",
    "bounced": "Our mails to this address came back. Check it with the patient, then use it again.",
    "landline": "This phone is a landline and gets no texts. Write to another contact, or call.",
    "not_confirmed": "Nobody confirmed that this phone is still the patient's. Call them, then use it again.",
    "no_consent": "Record first that the patient agreed to normal text messages, or send it securely.",
    "no_reminders": "The patient wants no reminders. Call them.",
    "no_news": "The patient wants no news of the clinic.",
    "cap_news": "The patient got as many broadcasts this week as your clinic sends one patient.",
    "deceased": "The patient is marked as deceased, so nothing goes to them by itself. Write by hand if it is right.",
    "archived": "The patient's entry is archived, so no broadcast goes to them.",
    "no_email_consent": "The patient has not agreed to e-mail. Ask them, or call.",
}
PRIVATE = (
    "This looks private, and a plain text can be read by others. Send it as a secure message, or say that it is fine."
)
NO_PLAN = "Sending is not part of your clinic's plan now. Your clinic's admin can change the plan."
OTHERWISE = "This patient cannot be reached like this now: {words}. Choose another way, or call."


def of(why: str, asked: Asked, found: list[str]) -> Refusal:
    """The refusal for a code. Those that a screen can help with by one question have a code of their own."""
    said = reasons.of(why)
    extra: dict[str, object] = {"why": why, "next": said.next.value if said else None}
    if why == "no_plan":
        return Refusal(Kind.FORBIDDEN, why, NO_PLAN, extra=extra)
    if why == "looks_private":
        return Refusal(Kind.CONFLICT, why, PRIVATE, extra={**extra, "found": found})
    number = people.phone_display(asked.number.e164) if asked.number else "the clinic's number"
    sentence = SENTENCES.get(why, OTHERWISE).format(number=number, words=said.words if said else why)
    return Refusal(Kind.CONFLICT, why if why == "no_consent" else "no_way_to_reach", sentence, extra=extra)


def too_many(why: str, seconds: int) -> Refusal:
    """A cap is reached; `seconds` from now it goes again."""
    said = reasons.of(why)
    sentence = f"Not sent: {said.words if said else why}. Wait a little and try again, or call the patient."
    return Refusal(Kind.TOO_MANY, "too_many", sentence, retry_after=seconds, extra={"why": why, "next": "wait"})
