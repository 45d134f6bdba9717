"""What the simulated carrier knows of us."""

import msgspec


class SimulatorSettings(msgspec.Struct, frozen=True, kw_only=True):
    """One simulated Vonage account, and where its two servers listen (loopback only).

    `time_scale` multiplies every duration: 0.01 makes thirty seconds a third of one. Ports of 0 take any free one;
    `http_fd` is a listening socket handed down by the parent instead. `ledger_path` keeps every post as a JSON line,
    `bounce_to` (host:port) is where mails come back to us.
    More than `per_second` posts are answered 429 (0: no limit); each answer takes `answers_after` real seconds.
    """

    application_id: str
    private_key: str
    api_key: str
    signature_secret: str
    inbound_url: str | None = None
    status_url: str | None = None
    http_port: int = 0
    http_fd: int | None = None
    smtp_port: int = 0
    bounce_to: str | None = None
    time_scale: float = 1.0
    ledger_path: str | None = None
    per_second: int = 30
    answers_after: float = 0.0

    def __repr__(self) -> str:
        return f"SimulatorSettings(application_id={self.application_id!r})"
