"""How the gate says no: what is in the way, and what to do instead."""

from server.errors import Kind, Refusal

SENTENCES = {
    "no_phone": "This patient has no phone number on file. Add one, or choose another way.",
    "no_email": "This patient has no e-mail address on file. Add one, or choose another way.",
    "no_number": "Your team has no phone number yet. Your clinic's admin can add one.",
    "no_consent": "Record first that the patient agreed to normal text messages, or send it securely.",
}


def of(why: str) -> Refusal:
    """The refusal for a code; `no_consent` has a code of its own because a screen can ask for the consent."""
    return Refusal(Kind.CONFLICT, "no_consent" if why == "no_consent" else "no_way_to_reach", SENTENCES[why])


def no_plan() -> Refusal:
    """The clinic may not send now."""
    sentence = "Sending is not part of your clinic's plan now. Your clinic's admin can change the plan."
    return Refusal(Kind.FORBIDDEN, "no_plan", sentence)
