"""The OpenAPI document is valid, complete, and true: a machine that believes it finds no surprise."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import schemathesis
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from server import app as roof
from tests import databases, world
from tests.web.browser import Browser
from tests.web.conftest import settings_for
from web.api.registry import api

DOCUMENT = json.loads(json.dumps(api.document()))
"""As it is served."""
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
FOUND: list[Any] = [found.ok() for found in SCHEMA.get_all_operations()]  # type: ignore[union-attr]
OPERATIONS = {each.definition.raw["operationId"]: each for each in FOUND}
ENDS_THE_SESSION = "end_session"
EXAMPLES = 12


class TestDocument:
    def test_is_openapi_3_1(self) -> None:
        SCHEMA.validate()

    def test_names_every_operation_once(self) -> None:
        told = [each["operationId"] for path in DOCUMENT["paths"].values() for each in path.values()]

        assert sorted(told) == sorted(each.handler.__name__ for each in api.operations)
        assert len(set(told)) == len(told)

    def test_says_of_every_operation_what_it_does(self) -> None:
        assert [each for each in api.operations if not each.about.endswith(".")] == []

    def test_every_shape_is_there(self) -> None:
        asked = {part.split('"')[0] for part in json.dumps(DOCUMENT).split("#/components/schemas/")[1:]}

        assert asked <= set(DOCUMENT["components"]["schemas"])

    def test_every_shape_we_read_refuses_what_it_does_not_know(self) -> None:
        for each in api.operations:
            if body := each.shapes.get("body"):
                assert DOCUMENT["components"]["schemas"][body.__name__]["additionalProperties"] is False

    @pytest.mark.anyio
    async def test_is_served_to_anyone(self, stranger: Browser) -> None:
        assert (await stranger.get("/openapi.json")).json() == DOCUMENT


class House:
    """The application on a loop of its own, because hypothesis asks from outside of any."""

    def __init__(self, portal: BlockingPortal, browser: Browser, ids: dict[str, list[str]]) -> None:
        self.portal = portal
        self.browser = browser
        self.ids = ids

    def ask(self, case: Case[Any]) -> httpx2.Response:
        """Send what the document allows, as our own page would."""
        sent = case.as_transport_kwargs(base_url="http://localhost:8000")
        headers = {**(sent.get("headers") or {}), "Origin": "http://localhost:8000"}
        headers["X-BloomText-CSRF"] = self.browser.csrf
        names = [name for name in ("params", "json", "data", "content") if sent.get(name) is not None]
        given = {("content" if name == "data" else name): sent[name] for name in names}

        async def send() -> httpx2.Response:
            request = self.browser.http.build_request(sent["method"], sent["url"], headers=headers, **given)
            return await self.browser.http.send(request)

        return self.portal.call(send)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The cast, with Dana signed in."""
    url = module_database(request, tmp_path_factory)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(databases.opened(url)):

        async def furnish() -> tuple[Browser, dict[str, list[str]]]:
            cast = await world.make()
            browser = await Browser(roof.build(settings_for(url))).enter(cast.dana)
            ids = {"conversation": [str(cast.ines_thread.id)], "patient": [str(cast.ines.id)]}
            return browser, ids

        yield House(portal, *portal.call(furnish))


def module_database(request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> str:
    """A migrated database for all of these tests."""
    if request.param == "sqlite":
        copy = folders.mktemp("openapi") / "house.sqlite3"
        copy.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        return f"sqlite:///{copy}"
    made = databases._made(request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template"))
    url = made.__enter__()
    request.addfinalizer(lambda: made.__exit__(None, None, None))
    return url


load_all_checks()
TRUE: list[Any] = CHECKS.get_by_names(
    ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "unfitting"])
@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - {ENDS_THE_SESSION}))
def test_every_answer_is_as_told(house: House, name: str, mode: GenerationMode) -> None:
    operation = OPERATIONS[name]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), is_real=st.booleans())
    def ask(case: Case[Any], is_real: bool) -> None:
        for id_name in case.path_parameters or {}:
            if is_real and house.ids.get(id_name):
                case.path_parameters[id_name] = house.ids[id_name][0]
        case.validate_response(house.ask(case), checks=TRUE)

    ask()
