"""Hands a sealed notice to the push service of a browser. The service learns that there is one, and no word of it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import requests

from server import clock, web_push
from server.gateways import vonage_client
from server.gateways.outcome import Outcome
from server.web_push import Target

SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class PushSettings:
    """Our private key, whom a service may ask about us (`mailto:…` or `https://…`), and the services we post to."""

    private_key: str = field(repr=False)
    contact: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Push:
    """One notice: what the browser's worker is given, and how the service treats it.

    Of two with one `topic` that wait for a browser, the service keeps the newer. It keeps none for longer than
    `seconds`.
    """

    target: Target
    notice: dict[str, str]
    topic: str
    seconds: int
    is_urgent: bool = False


class PushGateway:
    """Posts in threads of its own; `timeout` bounds the connection and the answer (seconds)."""

    def __init__(self, settings: PushSettings, *, threads: int = 4, timeout: float = SECONDS) -> None:
        self._settings, self._timeout = settings, timeout
        self._key = web_push.private_key(settings.private_key)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="push")

    async def send(self, push: Push) -> Outcome:
        """Post once and say what became of it. No redirect is followed, and no answer is read.

        `refused` with the code `gone`: nobody is there any more. `elsewhere`: the address is at no service of ours.
        """
        if not web_push.is_carried_by(self._settings.services, push.target.endpoint):
            return Outcome("refused", code="elsewhere")
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._post, push)

    async def close(self) -> None:
        """Wait for what is under way."""
        await asyncio.get_running_loop().run_in_executor(None, self._threads.shutdown)

    def _post(self, push: Push) -> Outcome:
        # The HTTP library would log addresses, which are secrets: whoever has one can post to it.
        vonage_client.silence()
        body = web_push.seal(push.target, push.notice)
        with requests.Session() as session:
            # No proxy, no netrc and no certificates from the environment.
            session.trust_env = False
            try:
                with session.post(
                    push.target.endpoint,
                    body,
                    headers=self._headers(push),
                    timeout=self._timeout,
                    allow_redirects=False,
                    stream=True,
                ) as answer:
                    return _outcome(answer)
            except requests.ConnectTimeout:
                return Outcome("retry", code="unreachable")
            except requests.Timeout:
                return Outcome("uncertain", code="silence")
            except (requests.RequestException, OSError):
                return Outcome("retry", code="unreachable")

    def _headers(self, push: Push) -> dict[str, str]:
        contact = self._settings.contact
        return {
            "Authorization": web_push.token(self._key, push.target.endpoint, contact=contact, now=clock.now()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(push.seconds),
            "Urgency": "high" if push.is_urgent else "normal",
            "Topic": push.topic,
        }


def _outcome(answer: requests.Response) -> Outcome:
    status, wait = answer.status_code, answer.headers.get("Retry-After", "")
    if 200 <= status < 300:
        return Outcome("accepted")
    if status in (404, 410):
        return Outcome("refused", code="gone")
    if status in (408, 429) or status >= 500:
        return Outcome("retry", code=f"http_{status}", retry_after=float(wait) if wait.isdecimal() else None)
    return Outcome("refused", code=f"http_{status}")
