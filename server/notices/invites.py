"""The mail by which somebody is asked to work at a clinic: one link, and nothing about patients."""

from server.notices import mails
from server.notices.letter import MailParts

_BELOW = "Or copy this address into your browser:"


def anew_mail(*, clinic: str, by: str, link: str, hours: int) -> MailParts:
    """The same for somebody who has an account and sets up another authenticator."""
    lead = f"{by} lets you set up another authenticator for your BloomText account at {clinic}."
    need = "You will type your password, and you need an authenticator app on your phone."
    why = "If you did not ask for this, do nothing, and tell the clinic at once."
    subject = f"Set up your authenticator for {clinic} again"
    return _mail(subject, lead, need, why, press="Set up your authenticator", link=link, hours=hours)


def invite_mail(*, clinic: str, by: str, link: str, hours: int) -> MailParts:
    """Its words; `by` is the admin who asks, and in `hours` the link ends."""
    lead = f"{by} invites you to answer patients of {clinic} in BloomText."
    need = "You will choose a password, and you need an authenticator app on your phone."
    why = "If you do not expect this, do nothing, or ask the clinic."
    subject = f"{clinic} invites you to BloomText"
    return _mail(subject, lead, need, why, press="Set up your account", link=link, hours=hours)


def _mail(subject: str, lead: str, need: str, why: str, *, press: str, link: str, hours: int) -> MailParts:
    ends = f"The link works once, for you alone, and for {hours} hours. Do not give it to anybody."
    text = "\n\n".join([lead, f"Begin here:\n{link}", need, ends, why]) + "\n"
    content = [mails.paragraph(lead), mails.pressed(link, press, _BELOW)]
    content += [mails.paragraph(each) for each in (need, ends, why)]
    return MailParts(subject, text, mails.page("en", subject, "\n".join(content)))
