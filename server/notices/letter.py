"""The parts of a mail that our wording fills."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailParts:
    """Subject, and the same words as plain text and as HTML."""

    subject: str
    text: str
    html: str
