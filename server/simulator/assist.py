"""Vonage's Opt-Out Assist: on a number that has it, the carrier itself answers STOP, START and HELP.

The word still comes to us by webhook. A text to a phone that said STOP is accepted like any other, and then rejected
with 1240 (developer.vonage.com, "Opt-Out Assist").
"""

STOPS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
STARTS = frozenset({"START", "UNSTOP"})
HELPS = frozenset({"HELP", "INFO"})

STOPPED = "You are unsubscribed and will get no more messages from this number. Reply START to resubscribe."
STARTED = "You get messages from this number again. Reply HELP for help. Reply STOP to unsubscribe."
HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."


class Assist:
    """Which numbers have it, and which phones it blocks for them. Numbers are digits without the plus."""

    def __init__(self) -> None:
        self._numbers = set[str]()
        self._blocked = set[tuple[str, str]]()

    def turn(self, number: str, *, on: bool) -> None:
        """Give a number this mode, or take it away; what it blocked stays blocked, as with the carrier."""
        if on:
            self._numbers.add(number)
        else:
            self._numbers.discard(number)

    def hear(self, *, phone: str, number: str, text: str) -> str | None:
        """Act on a word that a phone wrote to a number; the carrier's own answer, or None."""
        if number not in self._numbers:
            return None
        word = text.strip().upper()
        if word in STOPS:
            self._blocked.add((phone, number))
            return STOPPED
        if word in STARTS:
            self._blocked.discard((phone, number))
            return STARTED
        return HELPED if word in HELPS else None

    def blocks(self, *, phone: str, number: str) -> bool:
        """Whether texts from this number to this phone are rejected."""
        return (phone, number) in self._blocked

    def clear(self) -> None:
        """Begin again."""
        self._numbers.clear()
        self._blocked.clear()
