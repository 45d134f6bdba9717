"""The mail that says that the people who run BloomText wrote to a clinic's admin: nothing of what they wrote."""

from server.notices import mails
from server.notices.letter import MailParts


def letter_mail(*, clinic: str, address: str) -> MailParts:
    """Its words; `address` is the staff's."""
    subject = "BloomText has written to your clinic"
    sentences = [
        f"There is a letter for the admins of {clinic} from the people who run BloomText.",
        f"Sign in at {address}, open Help in your menu, and choose “Write to BloomText”.",
    ]
    return mails.of_sentences("en", subject, sentences)
