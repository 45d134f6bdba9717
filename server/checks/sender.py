"""Whether other mail servers can tell that our mails are ours. Looks up DNS, sends nothing."""

from server.checks.finding import Finding, cannot_tell, not_right, ok
from server.gateways import sender_records
from server.gateways.dns import Names, NoAnswer
from server.gateways.sender_records import Dkim, Dmarc, Spf
from server.settings import Settings

RESERVED = ("example", "test", "invalid", "localhost")
"""RFC 2606 §2: nobody on the internet has these."""
NOBODY = "The domain name system did not answer. Look at this computer's network, or at BLOOMTEXT_DNS_SERVER."


async def records(settings: Settings) -> list[Finding]:
    """SPF of the return path, DKIM and DMARC of the sender, MX of where mails come back."""
    sender = settings.mail_from.rpartition("@")[2].lower()
    home = settings.mail_home.lower() if settings.mail_listen else sender
    # A DNS server of one's own may know them all the same.
    is_made_up = not settings.dns_server and sender.rpartition(".")[2] in RESERVED
    if "." not in sender or is_made_up:
        return [cannot_tell("mail sender", f"“{sender}” is no domain of the internet, so it has no records.")]
    names = Names(settings.dns_server)
    try:
        found = [
            _spf(home, await sender_records.spf(names, home)),
            await _dkim(names, settings.mail_dkim_selector, sender),
            _dmarc(sender, home, await sender_records.dmarc(names, sender)),
        ]
        return [*found, await _mx(names, home)] if settings.mail_listen else found
    except NoAnswer:
        return [cannot_tell("mail sender", NOBODY)]


def _spf(domain: str, found: Spf) -> Finding:
    if found.records == 0:
        return not_right(
            "SPF", f"{domain} has no SPF record. Add a TXT record “v=spf1 include:YOUR-MAIL-PROVIDER -all”."
        )
    if found.records > 1:
        return not_right("SPF", f"{domain} has {found.records} SPF records, which counts as none. Join them into one.")
    if found.otherwise == "+":
        return not_right("SPF", f"The SPF record of {domain} lets everybody send. End it with -all or ~all.")
    if found.lookups > sender_records.MOST_LOOKUPS:
        sentence = (
            f"The SPF record of {domain} costs {found.lookups} look-ups; receivers stop at 10. Take includes out."
        )
        return not_right("SPF", sentence)
    return ok("SPF", f"{domain} has one record, {found.lookups} look-ups, others: {found.otherwise or '?'}all.")


async def _dkim(names: Names, selector: str, domain: str) -> Finding:
    if not selector:
        sentence = "Set BLOOMTEXT_MAIL_DKIM_SELECTOR to the selector that your mail server signs with."
        return cannot_tell("DKIM", sentence)
    return _dkim_of(f"{selector}._domainkey.{domain}", await sender_records.dkim(names, selector, domain))


def _dkim_of(where: str, found: Dkim) -> Finding:
    if not found.is_there:
        return not_right("DKIM", f"There is no key at {where}. Publish the one that your mail server signs with.")
    if found.is_revoked:
        return not_right("DKIM", f"The key at {where} was taken back (p= is empty). Publish the one that is in use.")
    if not sender_records.is_long_enough(found):
        return not_right(
            "DKIM", f"The key at {where} has {found.bits} bits; receivers want 1024 at least. Make a new one."
        )
    return ok(
        "DKIM", f"{where} has a key of {found.bits} bits. Whether mails are signed with it, only a mail can show."
    )


def _dmarc(sender: str, home: str, found: Dmarc) -> Finding:
    if found.records == 0:
        return not_right(
            "DMARC", f"{sender} has no DMARC record. Add a TXT record “v=DMARC1; p=quarantine” at _dmarc.{sender}."
        )
    if found.records > 1:
        return not_right("DMARC", f"{found.domain} has {found.records} DMARC records, which counts as none. Keep one.")
    if found.policy not in ("none", "quarantine", "reject"):
        return not_right("DMARC", f"The DMARC record of {found.domain} has no policy. Add p=quarantine or p=reject.")
    if not sender_records.is_aligned(sender, home, is_strict=found.is_strict):
        sentence = (
            f"Bounces go to {home} and mails come from {sender}: SPF does not count for DMARC. Use one domain for both."
        )
        return not_right("DMARC", sentence)
    what = "only watches (p=none)" if found.policy == "none" else f"asks for {found.policy}"
    return ok("DMARC", f"{found.domain} {what}; return path and sender belong together.")


async def _mx(names: Names, home: str) -> Finding:
    found = await names.mail_exchangers(home)
    if not any(found):
        return not_right(
            "mail return", f"Nobody takes mails for {home}. Add an MX record for the relay that passes them on."
        )
    return ok("mail return", f"{', '.join(sorted(found))} takes mails for {home}; it must pass them on to us.")
