"""Numbers for operators on a private port of this machine. Labels are ours and few: no person, number or address."""

import structlog
from prometheus_client import Counter, Gauge, Histogram, start_http_server

log = structlog.get_logger()

ANSWERS = Histogram(
    "bloomtext_answer_seconds",
    "How long answers took, by route and status.",
    ["route", "status"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10),
)
SOCKETS = Gauge("bloomtext_sockets", "Sockets that are open in this process.")
BUS_DEGRADED = Gauge("bloomtext_bus_degraded", "1 while other processes may not hear this one.")
ATTEMPTS = Counter("bloomtext_attempts_total", "Attempts to hand something to a carrier, by what came of it.", ["fate"])
MAILS_IN = Counter("bloomtext_mails_in_total", "Mails that came to our addresses, by what they were.", ["was"])
REFUSED_CALLS = Counter(
    "bloomtext_refused_calls_total", "Calls that were not the carrier's, by what was wrong.", ["code"]
)
QUEUE_DELAY = Histogram(
    "bloomtext_queue_delay_seconds",
    "From when a message was due to when it was handed to its carrier.",
    ["lane"],
    buckets=(0.1, 0.3, 1, 3, 10, 30, 120, 600, 3600),
)
ACCOUNT_IN_TROUBLE = Gauge("bloomtext_account_in_trouble", "1 while nothing is sent by this account.", ["account"])
BACKLOG = Gauge("bloomtext_backlog", "Messages that are due and have not gone.", ["lane"])
OLDEST = Gauge("bloomtext_backlog_oldest_seconds", "For how long the oldest of them has been due.", ["lane"])
ALARMS = Counter("bloomtext_alarms_total", "Clinics whose texts looked odd, by what was odd.", ["kind"])
WEBHOOKS = Counter(
    "bloomtext_webhooks_total", "Calls of the carrier, by kind and what came of them.", ["kind", "outcome"]
)
STOPPED = Counter("bloomtext_policy_stopped_total", "What browsers stopped by our policy.", ["directive"])


def serve(port: int) -> None:
    """Answer on this port of 127.0.0.1; 0 means not at all.

    Of several processes with one setting the first gets the port; the others say so and go on.
    """
    if not port:
        return
    try:
        start_http_server(port, addr="127.0.0.1")
    except OSError as taken:
        log.warning("metrics.port_taken", port=port, error=type(taken).__name__)
