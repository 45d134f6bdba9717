"""What our policy stopped is counted by directive, and nothing of it is kept."""

import pytest
from prometheus_client import REGISTRY

from tests.web.browser import Browser


def _counted(directive: str) -> float:
    return REGISTRY.get_sample_value("bloomtext_policy_stopped_total", {"directive": directive}) or 0.0


@pytest.mark.parametrize(
    ("body", "directive"),
    [
        (b'{"csp-report":{"effective-directive":"script-src","blocked-uri":"https://x.example/Ines"}}', "script-src"),
        (b'{"csp-report":{"effective-directive":"Ines Calderon"}}', "other"),
        (b"not json", "other"),
        (b"[" * 60_000, "other"),
    ],
)
async def test_a_report_is_counted(dana: Browser, body: bytes, directive: str) -> None:
    before = _counted(directive)
    response = await dana.http.post(
        "/csp-report", content=body, headers={"Content-Type": "application/csp-report", "Origin": "null"}
    )
    assert response.status_code == 204
    assert _counted(directive) == before + 1


async def test_every_policy_names_where_to_report(dana: Browser) -> None:
    response = await dana.http.get("/sign-in")
    assert "report-uri /csp-report" in response.headers["content-security-policy"]
