"""The lines of a conversation's timeline in words: those that staff read on their screens."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from server.queries import event_words, work_views
from server.queries.work_views import Colleague, EventName

SAM, NIA = Colleague(UUID(int=1), "Sam Okafor", "SO"), Colleague(UUID(int=2), "Nia Brooks", "NB")
NAMESAKE = Colleague(UUID(int=3), "Sam Okafor", "SO")
UNTIL = datetime(2026, 11, 24, 14, tzinfo=UTC)


def line(
    kind: EventName,
    by: Colleague | None,
    to: Colleague | None = None,
    until: datetime | None = None,
    why: str | None = None,
    words: str | None = None,
) -> str:
    event = work_views.WorkEvent(UUID(int=9), UUID(int=8), 1, kind, UNTIL, by, to, until, why, words)
    return event_words.line_of(event, "America/Chicago")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (line("assigned", SAM, NIA), "Sam Okafor assigned this to Nia Brooks"),
        (line("assigned", SAM, NAMESAKE), "Sam Okafor assigned this to Sam Okafor"),
        (line("assigned", NIA, NIA), "Nia Brooks took this on"),
        (line("assigned", None, NIA), "Somebody assigned this to Nia Brooks"),
        (line("released", SAM, SAM), "Sam Okafor gave this back to the team"),
        (line("released", SAM, NIA), "Sam Okafor took this from Nia Brooks"),
        (line("released", None, NIA), "Nia Brooks left the team, so this is nobody’s now"),
        (line("snoozed", SAM, until=UNTIL), "Sam Okafor snoozed this until 2026-11-24 08:00 CST"),
        (
            line("snoozed", SAM, until=UNTIL, why="reply"),
            "Sam Okafor snoozed this until the patient replies, at the latest until 2026-11-24 08:00 CST",
        ),
        (line("woke", SAM), "Sam Okafor ended the snooze"),
        (line("woke", None, why="time"), "The snooze is over"),
        (line("woke", None, why="patient_wrote"), "The snooze ended, as the patient wrote"),
        (line("done", SAM), "Sam Okafor marked this done"),
        (line("done", SAM, why="by_phone"), "Sam Okafor marked this done: answered by phone"),
        (
            line("done", SAM, why="not_needed", words="said thanks"),
            "Sam Okafor marked this done: no answer needed, “said thanks”",
        ),
        (line("done", SAM, why="other", words="She came by"), "Sam Okafor marked this done: “She came by”"),
        (line("reopened", SAM), "Sam Okafor reopened this"),
        (line("reopened", None, why="undelivered"), "Open again, as a message did not arrive"),
        (line("marked", SAM), "Sam Okafor marked this as priority"),
        (line("marked", None, why="urgent_words"), "Words that may be urgent gave this priority"),
        (line("unmarked", SAM), "Sam Okafor took the priority off"),
        (line("texts_off", None, why="keyword"), "Texts stopped: asked for by text"),
        (line("texts_off", None, why="carrier"), "Texts stopped: the carrier was asked"),
        (line("texts_off", None, why="list"), "Texts stopped: on the carrier’s list"),
        (line("texts_on", SAM, why="staff"), "Texts go again, noted by Sam Okafor"),
        (line("mails_off", None, why="mail"), "Mails stopped: asked for by mail"),
        (line("mails_on", None, why="portal"), "Mails go again: chosen on the messages page"),
        (line("agreed", NIA, why="plain_sms"), "Consent to plain texts given, noted by Nia Brooks"),
        (line("withdrew", None, why="email"), "Consent to e-mail withdrawn on the messages page"),
        (line("contact", SAM, why="phone"), "Sam Okafor changed the phone number on file"),
        (line("contact", SAM, why="email"), "Sam Okafor changed the e-mail address on file"),
        (line("unproven", None), "Somebody with the link could not prove to be the patient"),
        (line("locked", None), "Too many wrong tries to prove who reads: a pause began"),
        (line("unlocked", SAM), "Sam Okafor let the patient try again"),
        (line("unmarked", SAM, why="not_urgent"), "Sam Okafor found nothing urgent and took the priority off"),
    ],
)
def test_a_line_says_who_did_what(said: str, expected: str) -> None:
    assert said == expected
