"""What a gateway's outcome means for a delivery: the gateways know nothing of deliveries, nor these of gateways."""

import structlog

from server.domain.accounts import Showing
from server.domain.sending import Fate
from server.gateways import carrier_codes, mail_codes
from server.gateways.outcome import Outcome

log = structlog.get_logger()

OURS = frozenset({"auth", "credit", "account", "demo_account", "redirect", "tls"})
"""Reasons that are about our account or configuration: every other send would end the same way."""

UNHEARD = frozenset({"silence", "cut", "deadline"})
"""What became of a connection that gave no answer; the words for it are the same for every carrier."""

NOT_TRIED = frozenset({"closed", "late"})
"""Nothing was begun, so nothing was learnt of the carrier."""

SERVER_LEAVES = "421"
"""RFC 5321 §3.8: the whole mail server is going away; every other 4yz is about one mailbox."""


def of_text(outcome: Outcome) -> Fate:
    """A refusal that is about our account waits for the account: it says nothing about the text."""
    if outcome.kind == "refused":
        reason = carrier_codes.meaning_of_refusal(outcome.code or "").reason
        return Fate("retry" if reason in OURS else "refused", reason)
    return _plain(outcome, _text_reason(outcome.code or ""))


def of_mail(outcome: Outcome) -> Fate:
    """The same for a mail."""
    code = outcome.code or ""
    if outcome.kind == "refused":
        reason = mail_codes.reason_of_refusal(code)
        return Fate("retry" if reason in OURS else "refused", reason)
    return _plain(outcome, "mail_deferred" if is_mail_code(code) else _text_reason(code))


def of_failure(failure: Exception) -> Fate:
    """A gateway broke while it sent: nobody knows."""
    log.error("gateway.failed", error=type(failure).__name__)
    return Fate("uncertain", "gateway_failed")


def showing(outcome: Outcome, fate: Fate) -> Showing:
    """What an attempt shows about our account with this carrier."""
    if fate.reason in OURS:
        return Showing.OURS
    if outcome.kind in {"accepted", "refused"}:
        return Showing.WELL
    code = outcome.code or ""
    if code == "throttled":
        return Showing.SLOW
    about_the_mailbox = is_mail_code(code) and not code.startswith(SERVER_LEAVES)
    return Showing.NOTHING if code in NOT_TRIED or about_the_mailbox else Showing.SHAKY


def is_mail_code(code: str) -> bool:
    """Whether a mail server said this: three digits, or an enhanced code."""
    return code.replace(".", "").isdecimal()


def _text_reason(code: str) -> str:
    """The reason of an attempt that got no clear answer."""
    if code in UNHEARD or code == "late":
        return code
    if code.startswith(("http_5", "http_408")):
        return "carrier_internal"
    return {"throttled": "throttled", "tls": "tls", "unreachable": "network", "closed": "late", "auth": "auth"}.get(
        code, "gateway_failed"
    )


def _plain(outcome: Outcome, reason: str) -> Fate:
    return Fate(outcome.kind, None if outcome.kind == "accepted" else reason, outcome.reference, outcome.retry_after)
