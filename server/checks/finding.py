"""What one check has found."""

from typing import Literal

import msgspec

Verdict = Literal["ok", "not right", "cannot tell"]


class Finding(msgspec.Struct, frozen=True):
    """One line of the report: what was looked at, how it is, and a sentence that says what to do if it is not right."""

    name: str
    verdict: Verdict
    sentence: str


def ok(name: str, sentence: str) -> Finding:
    """It is as it must be."""
    return Finding(name, "ok", sentence)


def not_right(name: str, sentence: str) -> Finding:
    """Somebody must do something; the sentence says what."""
    return Finding(name, "not right", sentence)


def cannot_tell(name: str, sentence: str) -> Finding:
    """It could not be looked at; the sentence says what is missing."""
    return Finding(name, "cannot tell", sentence)
