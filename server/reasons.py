"""Why something did not go out, or did not arrive: a code that never changes, plain words, and what helps next.

The codes of carriers and mail servers are translated to these by the gateways; our own refusals use them too. Screens
show `words` after "Undelivered –" or "Waiting –", so they begin small and have no full stop.
"""

from dataclasses import dataclass
from enum import StrEnum


class Next(StrEnum):
    """What helps: the button that stands first beside the words."""

    NOTHING = "nothing"
    WAIT = "wait"
    RETRY = "retry"
    OTHER_WAY = "other_way"
    CALL = "call"
    CHECK_CONTACT = "check_contact"
    ASK_START = "ask_start"
    ASK_CONSENT = "ask_consent"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Reason:
    """Plain words, and what helps."""

    words: str
    next: Next


REASONS: dict[str, Reason] = {
    # The phone and its number.
    "absent": Reason("the phone is off or out of reach", Next.RETRY),
    "busy": Reason("the phone was busy", Next.RETRY),
    "expired": Reason("it could not be delivered in time", Next.RETRY),
    "bad_number": Reason("this is not a number that can get texts", Next.CHECK_CONTACT),
    "undeliverable": Reason("the carrier cannot deliver to this number", Next.CHECK_CONTACT),
    "unreachable": Reason("the number could not be reached", Next.CHECK_CONTACT),
    "number_dead": Reason("the number is no longer in use", Next.CHECK_CONTACT),
    "unroutable": Reason("the number cannot get texts; it may be a landline", Next.OTHER_WAY),
    "landline": Reason("this phone is a landline and gets no texts", Next.OTHER_WAY),
    "portability": Reason("the number moved to another carrier and cannot be reached", Next.OTHER_WAY),
    "barred": Reason("this phone does not take our texts", Next.CALL),
    "age": Reason("the patient's carrier limits texts to this phone", Next.OTHER_WAY),
    "carrier_block": Reason("the patient's carrier blocks texts to this phone", Next.OTHER_WAY),
    "prepaid_empty": Reason("the patient's prepaid balance is empty", Next.OTHER_WAY),
    "too_many": Reason("too many texts to this number in a short time", Next.RETRY),
    "opted_out": Reason("the patient stopped texts. They can text START to get them again", Next.ASK_START),
    # The carrier and our account.
    "failed": Reason("the carrier could not deliver it", Next.RETRY),
    "general": Reason("the carrier had an error and did not say more", Next.RETRY),
    "network": Reason("the carrier's network had an error", Next.RETRY),
    "carrier_internal": Reason("the carrier had an error of its own", Next.RETRY),
    "throttled": Reason("too many texts at once", Next.RETRY),
    "spam_filter": Reason("the carrier's spam filter stopped it", Next.ADMIN),
    "illegal_text": Reason("the carrier did not accept a character of it", Next.ADMIN),
    "too_long": Reason("the text is too long", Next.OTHER_WAY),
    "media": Reason("the carrier could not take the attachment", Next.OTHER_WAY),
    "parameters": Reason("the carrier did not understand our request", Next.ADMIN),
    "regulation": Reason("a rule of the country or carrier stopped it", Next.ADMIN),
    "consent_filter": Reason("the carrier misses a consent for this text", Next.ADMIN),
    "sender_not_registered": Reason("our number is not registered with carriers yet", Next.ADMIN),
    "illegal_sender": Reason("the carrier does not let us send from our number", Next.ADMIN),
    "account": Reason("our account with the carrier is barred", Next.ADMIN),
    "credit": Reason("our account with the carrier has no credit", Next.ADMIN),
    "auth": Reason("the carrier did not accept our keys", Next.ADMIN),
    "demo_account": Reason("our account with the carrier is a test account", Next.ADMIN),
    "redirect": Reason("the carrier sent us elsewhere, so nothing was sent", Next.ADMIN),
    # The mailbox and the mail server.
    "no_mailbox": Reason("there is no such mailbox", Next.CHECK_CONTACT),
    "mailbox_full": Reason("the mailbox is full", Next.OTHER_WAY),
    "bounced": Reason("the mail came back", Next.CHECK_CONTACT),
    "mail_deferred": Reason("the mailbox's server kept putting it off", Next.OTHER_WAY),
    "mail_refused": Reason("the mail server refused it", Next.OTHER_WAY),
    "bad_address": Reason("this is not a mail address we can write to", Next.CHECK_CONTACT),
    "tls": Reason("the other side has no safe connection, so nothing was sent", Next.ADMIN),
    "mail_opted_out": Reason("the patient stopped our mails", Next.OTHER_WAY),
    # Nobody knows.
    "unknown": Reason("the carrier does not know if it arrived", Next.CALL),
    "silence": Reason("the carrier did not answer in time", Next.CALL),
    "cut": Reason("the connection broke while it was sent", Next.CALL),
    "deadline": Reason("the carrier did not answer in time", Next.CALL),
    "unreadable": Reason("it could not be opened here", Next.ADMIN),
    "worker_lost": Reason("our sender stopped in the middle", Next.CALL),
    "gateway_failed": Reason("our sender had an error in the middle", Next.CALL),
    # What we ourselves stopped.
    "number_released": Reason("your clinic gave this number up", Next.ADMIN),
    "no_plan": Reason("sending is not part of the clinic's plan now", Next.ADMIN),
    "no_number": Reason("the team has no phone number", Next.ADMIN),
    "number_pending": Reason("the team's number is not registered with carriers yet", Next.ADMIN),
    "number_blocked": Reason("carriers block the team's number", Next.ADMIN),
    "no_phone": Reason("no phone number is on file", Next.CHECK_CONTACT),
    "no_email": Reason("no e-mail address is on file", Next.CHECK_CONTACT),
    "no_consent": Reason("the patient has not agreed to plain texts", Next.ASK_CONSENT),
    "no_email_consent": Reason("the patient has not agreed to e-mail", Next.ASK_CONSENT),
    "no_reminders": Reason("the patient wants no reminders", Next.CALL),
    "no_news": Reason("the patient wants no news of the clinic", Next.NOTHING),
    "deceased": Reason("the patient is marked as deceased", Next.NOTHING),
    "has_left": Reason("they do not work at the clinic any more", Next.NOTHING),
    "invite_ended": Reason("the invitation had ended", Next.NOTHING),
    "archived": Reason("the patient's entry is archived", Next.NOTHING),
    "no_handset": Reason("the training phone is not here", Next.ADMIN),
    "looks_private": Reason("the text looks private", Next.OTHER_WAY),
    "link_ended": Reason("the link had ended", Next.RETRY),
    "paused": Reason("this contact is paused: somebody said that it is not the patient's", Next.CHECK_CONTACT),
    "do_not_use": Reason("three messages in a row did not arrive there", Next.CHECK_CONTACT),
    "region": Reason("we do not send to numbers of that country", Next.CALL),
    "premium": Reason("that is a number that costs its caller", Next.CHECK_CONTACT),
    "cap_patient": Reason("this patient got many messages in a short time", Next.WAIT),
    "cap_team": Reason("the team sent very many messages in a short time", Next.WAIT),
    "cap_clinic": Reason("the clinic sent very many messages in a short time", Next.WAIT),
    "cap_news": Reason("this patient got as many broadcasts in a week as the clinic sends one patient", Next.NOTHING),
    "contact_changed": Reason("the contact on file is another one by now", Next.RETRY),
    "contact_gone": Reason("the chosen phone or e-mail is no longer on file", Next.CHECK_CONTACT),
    "merged": Reason("the entry was merged into another one", Next.NOTHING),
    "not_confirmed": Reason("nobody confirmed that the phone is still the patient's", Next.CALL),
    "same_phone": Reason("the same text goes to this phone already", Next.NOTHING),
    # What nobody wants any more.
    "broadcast_stopped": Reason("the broadcast was stopped", Next.NOTHING),
    "taken_back": Reason("it was taken back", Next.NOTHING),
    "viewed": Reason("nothing was left to remind the patient of", Next.NOTHING),
    "not_needed": Reason("the phone has answered meanwhile", Next.NOTHING),
    "seen": Reason("somebody has looked meanwhile", Next.NOTHING),
    "cannot_read": Reason("they may not read this inbox any more", Next.NOTHING),
    "held": Reason("it would have had to wait", Next.NOTHING),
    "overtaken": Reason("the patient has said something else meanwhile", Next.NOTHING),
    "too_late": Reason("it was not sent within five minutes", Next.NOTHING),
    # Why what was written for later was not sent.
    "patient_wrote": Reason("the patient wrote first", Next.NOTHING),
    "done": Reason("the conversation was marked done", Next.NOTHING),
    "nobody": Reason("the team has no members to answer for it", Next.ADMIN),
    # What came in and is not shown.
    "not_a_picture": Reason("this is not a picture that can be opened", Next.NOTHING),
    "too_large": Reason("the file is larger than 10 MB", Next.NOTHING),
    "too_many_pixels": Reason("the picture has more than 50 million pixels", Next.NOTHING),
    "not_fetched": Reason("the carrier no longer has the picture", Next.NOTHING),
    "two_in_one": Reason("the file is two kinds of file in one", Next.NOTHING),
    "not_a_document": Reason("this is not a PDF that can be opened", Next.NOTHING),
    "locked_document": Reason("the PDF is locked. Save it without a password, then add it again", Next.NOTHING),
    "active_document": Reason("the PDF has scripts or files inside. Print it as a PDF, then add that", Next.NOTHING),
    "too_many_pages": Reason("the PDF has more than 200 pages", Next.NOTHING),
    "odd_pages": Reason("the PDF has pages of a size that cannot be shown", Next.NOTHING),
    "not_a_text": Reason("this is not a plain text that can be shown", Next.NOTHING),
    "text_too_long": Reason("the text is larger than 1 MB", Next.NOTHING),
    "other_kind": Reason("the file is not of the kind that its name says", Next.NOTHING),
    "not_shown": Reason("this kind of file is not shown here", Next.NOTHING),
    # What it waits for.
    "undo": Reason("you can still take it back", Next.WAIT),
    "quiet_hours": Reason("these are the patient's quiet hours", Next.WAIT),
    "recheck": Reason("we asked whether the phone is still the patient's", Next.WAIT),
    "maybe_opt_out": Reason("somebody must say whether the patient wants no more texts", Next.WAIT),
    "code_ended": Reason("the code had ended", Next.RETRY),
    "no_contact": Reason("the contact on file is another one now", Next.CHECK_CONTACT),
    "outage": Reason("the carrier is in trouble; it goes out by itself", Next.WAIT),
    "late": Reason("it was taken up too late; it goes out by itself", Next.WAIT),
    "not_written": Reason("it could not be written; it is tried again", Next.WAIT),
}
NOBODY_THERE = frozenset(("number_dead", "no_mailbox", "bounced"))
"""The carrier knows that nobody is there: waiting for more failures would help nobody."""
RESTS = NOBODY_THERE | {"paused", "not_confirmed", "do_not_use"}
"""Why a contact is not used until a person of staff says that it is the patient's."""
_OTHERWISE = Reason("it could not be sent", Next.RETRY)


def of(code: str | None) -> Reason | None:
    """The words of a code; a code that this release does not know gets general words."""
    if code is None:
        return None
    return REASONS.get(code, _OTHERWISE)
