"""`docs/contract.md` is true: every call it promises exists, and every call that exists is promised."""

import re
from pathlib import Path

from portal import routes as portal_routes
from server.settings import ENTRIES
from web import routes as web_routes
from web.api.registry import api

CONTRACT = (Path(__file__).resolve().parents[2] / "docs/contract.md").read_text()
CALL = re.compile(r"`((?:GET|POST|PATCH|DELETE|PUT)(?:, (?:GET|POST))*) ([^`?]+)")


def _section(number: int) -> str:
    return CONTRACT.split(f"\n## {number}. ")[1].split("\n## ")[0]


def _shape(path: str) -> str:
    return re.sub(r"\{[^}]*\}|…", "{}", path.strip())


def _promised(text: str) -> set[tuple[str, str]]:
    return {(method, _shape(path)) for methods, path in CALL.findall(text) for method in methods.split(", ")}


def test_the_staff_api_is_what_the_contract_says() -> None:
    table = [line for line in _section(3).splitlines() if line.startswith("| `")]
    text = "\n".join(line.replace("`, `…/reopen`", "` `POST /conversations/{id}/reopen`") for line in table)
    text = text.replace("`DELETE …/consents", "`DELETE /patients/{id}/consents")
    paths = api.document()["paths"]
    assert isinstance(paths, dict)
    offered = {(method.upper(), _shape(path)) for path, calls in paths.items() for method in calls}
    assert _promised(text) == {(method, path.removeprefix("/api/v1")) for method, path in offered}


def _served(routes: list[object]) -> set[str]:
    return {_shape(str(getattr(route, "path", ""))) for route in routes}


def test_every_address_of_the_contract_is_served() -> None:
    promised = {path for _, path in _promised(_section(1) + _section(5)) if not path.startswith(("/api", "/demo"))}
    served = _served([*web_routes.routes(), *portal_routes.routes()])
    assert promised - served - {"/m/messages` | {}"} == set()


def test_every_setting_that_the_design_names_exists() -> None:
    named = """DATABASE_URL REDIS_URL PUBLIC_URL PORTAL_URL VONAGE_API_URL VONAGE_APPLICATION_ID VONAGE_PRIVATE_KEY
    VONAGE_API_KEY VONAGE_API_SECRET VONAGE_SIGNATURE_SECRET SMTP_URL MASTER_KEY FILES_DIR STAFF_IDLE_SECONDS
    STAFF_SESSION_SECONDS PORTAL_IDLE_SECONDS LINK_LIFETIME_SECONDS RETRY_TIME_SCALE TRUSTED_PROXIES"""
    assert {name.lower() for name in named.split()} <= set(ENTRIES)
