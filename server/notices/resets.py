"""The mail to somebody who has forgotten their password."""

from server.notices import mails
from server.notices.letter import MailParts


def reset_mail(*, clinic: str, link: str, minutes: int) -> MailParts:
    """Its words; in `minutes` the link ends."""
    subject = "Choose a new password for BloomText"
    lead = f"Somebody asked for a new password for your account at {clinic}."
    need = f"The link works once, for {minutes} minutes. You need your authenticator app or a recovery code too."
    why = "If it was not you, do nothing: without a code of yours nobody can use it. Tell your clinic’s admin."
    text = "\n\n".join([lead, f"Choose it here:\n{link}", need, why]) + "\n"
    button = mails.pressed(link, "Choose a new password", "Or copy this address into your browser:")
    content = [mails.paragraph(lead), button, mails.paragraph(need), mails.paragraph(why)]
    return MailParts(subject, text, mails.page("en", subject, "\n".join(content)))
