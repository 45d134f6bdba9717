"""The mail to a colleague who is on call: that somebody should look, and never at what."""

from server.notices import mails
from server.notices.letter import MailParts


def on_call_mail(*, clinic: str, team: str, address: str) -> MailParts:
    """Its words. `address` is where staff sign in; without one they know it."""
    return _mail(
        clinic, team, address, "A message was marked as possibly urgent, and for five minutes nobody has looked at it."
    )


def alert_mail(*, clinic: str, team: str, address: str) -> MailParts:
    """The same about an alert that was raised for the team, which nobody has acknowledged."""
    return _mail(clinic, team, address, "An alert was raised for this team, and nobody has acknowledged it.")


def _mail(clinic: str, team: str, address: str, why: str) -> MailParts:
    subject = f"On call: please look at the inbox of {team}"
    sentences = [
        f"You are on call for {team} at {clinic}.",
        why,
        f"Please sign in and look now: {address}" if address else "Please sign in and look now.",
        "You get one mail for it. Nothing about the patient is in it.",
    ]
    return mails.of_sentences("en", subject, sentences)
