"""The mail by which somebody is asked to work at a clinic: one link, and nothing about patients."""

from server.notices import mails
from server.notices.letter import MailParts


def anew_mail(*, clinic: str, by: str, link: str, hours: int) -> MailParts:
    """The same for somebody who has an account and sets up another authenticator."""
    subject = f"Set up your authenticator for {clinic} again"
    lead = f"{by} lets you set up another authenticator for your BloomText account at {clinic}."
    below = "Or copy this address into your browser:"
    ends = f"The link works once, for you alone, and for {hours} hours. Do not give it to anybody."
    need = "You will type your password, and you need an authenticator app on your phone."
    why = "If you did not ask for this, do nothing, and tell the clinic at once."
    text = "\n\n".join([lead, f"Begin here:\n{link}", need, ends, why]) + "\n"
    content = [mails.paragraph(lead), mails.pressed(link, "Set up your authenticator", below)]
    content += [mails.paragraph(each) for each in (need, ends, why)]
    return MailParts(subject, text, mails.page("en", subject, "\n".join(content)))


def invite_mail(*, clinic: str, by: str, link: str, hours: int) -> MailParts:
    """Its words; `by` is the admin who asks, and in `hours` the link ends."""
    subject = f"{clinic} invites you to BloomText"
    lead = f"{by} invites you to answer patients of {clinic} in BloomText."
    below = "Or copy this address into your browser:"
    ends = f"The link works once, for you alone, and for {hours} hours. Do not give it to anybody."
    need = "You will choose a password, and you need an authenticator app on your phone."
    why = "If you do not expect this, do nothing, or ask the clinic."
    text = "\n\n".join([lead, f"Begin here:\n{link}", need, ends, why]) + "\n"
    content = [mails.paragraph(lead), mails.pressed(link, "Set up your account", below)]
    content += [mails.paragraph(each) for each in (need, ends, why)]
    return MailParts(subject, text, mails.page("en", subject, "\n".join(content)))
