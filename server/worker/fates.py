"""What a gateway's outcome means for a delivery: the gateways know nothing of deliveries, nor these of gateways."""

import structlog

from server.domain.sending import Fate
from server.gateways import carrier_codes, mail_codes
from server.gateways.outcome import Outcome

log = structlog.get_logger()


def of_text(outcome: Outcome) -> Fate:
    """A refusal that is about our account waits for the account: it says nothing about the text."""
    if outcome.kind == "refused":
        reason = carrier_codes.meaning_of_refusal(outcome.code or "").reason
        return Fate("retry" if outcome.is_account_trouble else "refused", reason)
    return _plain(outcome)


def of_mail(outcome: Outcome) -> Fate:
    """The same for a mail."""
    if outcome.kind == "refused":
        reason = mail_codes.reason_of_refusal(outcome.code or "")
        return Fate("retry" if outcome.is_account_trouble else "refused", reason)
    return _plain(outcome)


def of_failure(failure: Exception) -> Fate:
    """A gateway broke while it sent: nobody knows."""
    log.error("gateway.failed", error=type(failure).__name__)
    return Fate("uncertain", "gateway_failed")


def _plain(outcome: Outcome) -> Fate:
    reason = None if outcome.kind == "accepted" else outcome.code
    return Fate(outcome.kind, reason, outcome.reference, outcome.retry_after)
