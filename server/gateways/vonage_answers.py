"""What an attempt that did not simply succeed tells about the fate of its text.

The question is always the same: can the carrier have taken it? Only where the answer is surely *no* may it be posted
again. A connection that was never made is *no*; one that was cut after the request went out is *nobody knows*.
"""

import re
import ssl
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import requests
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from server import clock
from server.gateways.outcome import Outcome

LONGEST_WAIT = 86_400.0
_PLAIN_CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")


def read(problem: Exception) -> Outcome:
    """Turn what the carrier's library raised into an outcome. The carrier's words stay behind."""
    answer = getattr(problem, "response", None)
    if isinstance(problem, requests.TooManyRedirects):
        return Outcome("refused", code="redirect")
    if isinstance(answer, requests.Response):
        return _read_answer(answer)
    return _read_silence(problem)


def _read_answer(answer: requests.Response) -> Outcome:
    status = answer.status_code
    if status in {401, 403}:
        return Outcome("refused", code="auth")
    if status == 402:
        return Outcome("refused", code="credit")
    if status == 429:
        return Outcome("retry", code="throttled", retry_after=_retry_after(answer))
    if status == 408 or status >= 500:
        return Outcome("retry", code=f"http_{status}", retry_after=_retry_after(answer))
    if status >= 400:
        return Outcome("refused", code=_carrier_code(answer))
    return Outcome("uncertain", code=f"http_{status}")


def _read_silence(problem: Exception) -> Outcome:
    """No answer was read. Causes that can only happen before the request is written are safe to repeat."""
    causes = list(_causes(problem))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Outcome("retry", code="tls")
    never_connected = (requests.ConnectTimeout, NewConnectionError, ConnectTimeoutError, NameResolutionError)
    if any(isinstance(cause, never_connected) for cause in causes):
        return Outcome("retry", code="unreachable")
    if isinstance(problem, requests.ReadTimeout):
        return Outcome("uncertain", code="silence")
    if isinstance(problem, requests.RequestException):
        return Outcome("uncertain", code="cut")
    return Outcome("uncertain", code="unreadable")


def _causes(problem: BaseException | None) -> Iterator[BaseException]:
    """Give the problem and everything wrapped in it; the HTTP library nests by argument and by `reason`."""
    waiting, met = [problem], set[int]()
    while waiting:
        cause = waiting.pop()
        if not isinstance(cause, BaseException) or id(cause) in met:
            continue
        met.add(id(cause))
        yield cause
        waiting += [cause.__cause__, getattr(cause, "reason", None), *cause.args]


def _carrier_code(answer: requests.Response) -> str:
    """Give Vonage's own code: the fragment of `type`, as in `…/api-errors/messages#1430`, else the HTTP status."""
    try:
        kind = answer.json()["type"]
    except (ValueError, KeyError, TypeError):
        kind = ""
    code = kind.rpartition("#")[2] if isinstance(kind, str) else ""
    return code if _PLAIN_CODE.fullmatch(code) else f"http_{answer.status_code}"


def _retry_after(answer: requests.Response) -> float | None:
    """Give the seconds of `Retry-After`, which RFC 9110 §10.2.3 allows as a number or as a date."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return min(float(said), LONGEST_WAIT)
    try:
        wait = (parsedate_to_datetime(said) - clock.now()).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(wait, 0.0), LONGEST_WAIT)
