"""The mail that says that somebody signed in from a new place: nothing about patients, and no link to press."""

from server.notices import mails
from server.notices.letter import MailParts


def new_device_mail(*, clinic: str, device: str, at: str, address: str) -> MailParts:
    """Its words. `device` is such as "Chrome on Windows", `at` a time on the clinic's clock, `address` the staff's."""
    subject = "New sign-in to BloomText"
    sentences = [
        f"Somebody signed in to your account at {clinic} with {device}, {at}: a place that was not used before.",
        "If it was you, there is nothing to do.",
        f"If not, sign in at {address}, open “My account” in your menu, and sign out everywhere else.",
        "Then tell your clinic’s admin at once.",
    ]
    return mails.of_sentences("en", subject, sentences)


def glass_mail(*, clinic: str, person: str, at: str, address: str) -> MailParts:
    """Its words, to an admin: `person` of the staff took emergency access, `at` a time on the clinic's clock."""
    subject = "Emergency access was used in BloomText"
    sentences = [
        f"{person} took emergency access to a patient’s conversations at {clinic}, {at}.",
        f"See why, and end it if that is right: sign in at {address} and open “Who did what”, then “Emergency access”.",
    ]
    return mails.of_sentences("en", subject, sentences)


def alarm_mail(*, clinic: str, address: str) -> MailParts:
    """Its words, to an admin: something is out of the ordinary, without what."""
    subject = "Something to look at in BloomText"
    sentences = [
        f"Something out of the ordinary happened at {clinic}, and an administrator should look at it.",
        f"Sign in at {address} and open “Who did what”, then “Alarms”.",
    ]
    return mails.of_sentences("en", subject, sentences)
