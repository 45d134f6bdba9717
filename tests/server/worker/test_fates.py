"""Whatever a gateway says has a reason with words, and shows the right thing about our account."""

import re
from pathlib import Path

import pytest

from server import reasons
from server.domain.accounts import Showing
from server.gateways.outcome import Kind, Outcome
from server.worker import fates

SERVER = Path(__file__).parents[3] / "server"
MADE = re.compile(r'(?:Outcome|Fate|Unsendable)\(\s*"(\w+)"(?:,\s*(?:code=|reason=)?f?"([^"]+)")?')


def made(name: str, *folders: str) -> set[tuple[str, ...]]:
    """The words between quotes in every call of this name."""
    found = set[tuple[str, ...]]()
    for folder in folders:
        for path in (SERVER / folder).rglob("*.py"):
            found |= {
                match.groups(default="") for match in MADE.finditer(path.read_text()) if match[0].startswith(name)
            }
    return found


OUTCOMES = sorted(
    (kind, code.replace("{status}", status).replace("{answer.status_code}", status))
    for kind, code in made("Outcome", "gateways")
    for status in ("302", "404", "408", "500", "503")
    if kind in {"refused", "retry", "uncertain"} and code
)


class TestReasons:
    @pytest.mark.parametrize(("kind", "code"), sorted(set(OUTCOMES)))
    def test_every_outcome_of_a_gateway_has_words(self, kind: Kind, code: str) -> None:
        for read in (fates.of_text, fates.of_mail):
            fate = read(Outcome(kind, code=code))
            assert str(fate.reason) in reasons.REASONS

    @pytest.mark.parametrize("code", ["421", "450", "451", "452", "550", "551", "552", "553", "554"])
    def test_every_answer_of_a_mail_server_has_words(self, code: str) -> None:
        kind: Kind = "refused" if code >= "5" else "retry"
        fate = fates.of_mail(Outcome(kind, code=code))
        assert str(fate.reason) in reasons.REASONS

    def test_every_reason_that_we_give_ourselves_has_words(self) -> None:
        given = {reason for _, reason in made("Fate", "worker", "domain") if reason}
        given |= {reason for reason, _ in made("Unsendable", "worker", "domain")}

        assert {"late", "no_handset", "link_ended"} <= given
        assert given - set(reasons.REASONS) == set()

    def test_no_words_end_in_a_full_stop_or_begin_with_a_capital(self) -> None:
        assert [code for code, reason in reasons.REASONS.items() if reason.words.endswith(".")] == []


class TestShowing:
    @pytest.mark.parametrize(
        ("outcome", "shows"),
        [
            (Outcome("accepted", reference="r"), Showing.WELL),
            (Outcome("refused", code="1430"), Showing.WELL),
            (Outcome("refused", code="auth"), Showing.OURS),
            (Outcome("refused", code="credit"), Showing.OURS),
            (Outcome("refused", code="1060"), Showing.OURS),
            (Outcome("refused", code="redirect"), Showing.OURS),
            (Outcome("retry", code="tls"), Showing.OURS),
            (Outcome("retry", code="throttled", retry_after=3), Showing.SLOW),
            (Outcome("retry", code="http_503"), Showing.SHAKY),
            (Outcome("retry", code="unreachable"), Showing.SHAKY),
            (Outcome("uncertain", code="silence"), Showing.SHAKY),
            (Outcome("retry", code="closed"), Showing.NOTHING),
        ],
    )
    def test_of_a_text(self, outcome: Outcome, shows: Showing) -> None:
        assert fates.showing(outcome, fates.of_text(outcome)) is shows

    @pytest.mark.parametrize(
        ("code", "shows"),
        [("451", Showing.NOTHING), ("421", Showing.SHAKY), ("auth", Showing.OURS), ("silence", Showing.SHAKY)],
    )
    def test_of_a_mail(self, code: str, shows: Showing) -> None:
        outcome = Outcome("retry", code=code)
        assert fates.showing(outcome, fates.of_mail(outcome)) is shows
