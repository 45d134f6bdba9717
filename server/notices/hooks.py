"""The mail that says that another program of the clinic is told nothing any more: nothing about patients."""

from server.notices import mails
from server.notices.letter import MailParts


def hook_mail(*, clinic: str, address: str) -> MailParts:
    """Its words. `address` is the staff's."""
    subject = "A program does not hear BloomText any more"
    sentences = [
        f"For a day, a program of {clinic} did not take what BloomText told it. Nothing is sent there any more.",
        f"Sign in at {address}, open “Other programs” in the clinic’s menu, and see what it answered.",
        "When it works again, switch it on there. What it missed can be sent again for two weeks.",
    ]
    return mails.of_sentences("en", subject, sentences)
