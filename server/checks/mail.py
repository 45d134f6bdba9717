"""The mail server that takes our mails: asked to its door, and nothing sent."""

from server.checks.finding import Finding, cannot_tell, not_right, ok
from server.gateways.email import EmailGateway, parse_smtp_url
from server.settings import Settings

WRONG = {
    "tls": "It offers no safe connection, or its certificate is not for that name. Nothing is sent until it does.",
    "auth": "It does not accept our name and password. Look at BLOOMTEXT_SMTP_URL.",
    "silence": "It did not answer in time. Look at its address in BLOOMTEXT_SMTP_URL, and at the firewall.",
    "cut": "It hung up. Look at its log, and whether it lets this computer in.",
    "unreachable": "Nobody answers there. Look at the host and port in BLOOMTEXT_SMTP_URL, and at the firewall.",
}


async def server(settings: Settings) -> list[Finding]:
    """Whether it lets us in: the connection, TLS, and our name and password."""
    mail = parse_smtp_url(settings.smtp_url, sender=settings.mail_from)
    try:
        outcome = await EmailGateway(mail).knock()
    except ValueError:
        return [
            not_right("mail server", "BLOOMTEXT_MAIL_FROM should be one plain address, such as notes@clinic.example.")
        ]
    if outcome.kind != "accepted":
        said = f"It answered {outcome.code} when we introduced ourselves. Look at its log."
        return [not_right("mail server", WRONG.get(outcome.code or "", said))]
    how = "on this computer, without TLS" if mail.tls == "none" else "with TLS"
    who = "with our name and password" if mail.username else "without a password"
    found = ok("mail server", f"It lets us in {how}, {who}.")
    return [found] if settings.mail_listen else [found, _unheard()]


def _unheard() -> Finding:
    sentence = (
        "Nobody listens for bounces and answers: they go to the mailbox of BLOOMTEXT_MAIL_FROM, and somebody must read "
        "it. Set BLOOMTEXT_MAIL_LISTEN to have them shown where they belong."
    )
    return cannot_tell("mail return", sentence)
