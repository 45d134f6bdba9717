"""A sign-in provider is asked as the protocol says, and believed only where everything it says fits."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest

from server.gateways.oidc import OidcGateway
from server.oidc import Asked, Client, NoSignOn
from tests.oidc_provider import CLIENT, SECRET, Fault, OidcProvider, provider

pytestmark = pytest.mark.anyio
ASKED = Asked("http://localhost:8000/sign-in/single/x", "state", "nonce", "v" * 43)


@pytest.fixture
async def theirs() -> AsyncIterator[OidcProvider]:
    async with provider() as made:
        yield made


def client(theirs: OidcProvider) -> Client:
    return Client(theirs.issuer, CLIENT, SECRET)


async def code(gateway: OidcGateway, theirs: OidcProvider) -> str:
    """What the browser comes back with."""
    url = await gateway.address(client(theirs), ASKED)
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    return parse_qs(urlsplit(theirs.authorize(query)).query)["code"][0]


@pytest.mark.parametrize("way", ["client_secret_basic", "client_secret_post"])
async def test_a_code_is_given_for_who_it_is(theirs: OidcProvider, way: str) -> None:
    theirs.signs_by, theirs.email = way, "Dana@Mercy.example"
    gateway = OidcGateway([theirs.place])
    await gateway.look(theirs.issuer)

    person = await gateway.person(client(theirs), ASKED, await code(gateway, theirs))

    assert person.email == "dana@mercy.example"
    assert theirs.asked == ["document", "keys", "token", "keys"]


async def test_it_may_change_its_keys_whenever_it_likes(theirs: OidcProvider) -> None:
    gateway = OidcGateway([theirs.place])
    for _ in range(2):
        assert (await gateway.person(client(theirs), ASKED, await code(gateway, theirs))).email == theirs.email
        theirs.rotate()


TOKENS: dict[Fault, str] = {
    "nonce": "other_nonce",
    "audience": "other_audience",
    "two_audiences": "other_audience",
    "issuer": "other_issuer",
    "unverified": "email_unverified",
    "no_email": "email_unverified",
    "none": "algorithm",
    "hs256": "algorithm",
    "stale": "expired",
    "other_key": "signature",
}


@pytest.mark.parametrize(("fault", "why"), TOKENS.items())
async def test_what_does_not_fit_is_not_believed(theirs: OidcProvider, fault: Fault, why: str) -> None:
    gateway, theirs.fault = OidcGateway([theirs.place]), fault
    given = await code(gateway, theirs)

    with pytest.raises(NoSignOn) as no:
        await gateway.person(client(theirs), ASKED, given)

    assert no.value.why == why


async def test_a_code_of_another_browser_or_with_another_secret_gives_nothing(theirs: OidcProvider) -> None:
    gateway = OidcGateway([theirs.place])
    for other, asked in (
        (client(theirs), Asked(ASKED.back, "state", "nonce", "w" * 43)),
        (Client(theirs.issuer, CLIENT, "guessed"), ASKED),
    ):
        with pytest.raises(NoSignOn) as no:
            await gateway.person(other, asked, await code(gateway, theirs))
        assert no.value.why == "refused"


DOCUMENTS: dict[Fault, str] = {
    "other_document": "other_issuer",
    "slow": "silence",
    "redirect": "redirect",
    "huge": "too_big",
    "garbled": "no_document",
    "broken": "status",
    "leads_home": "not_allowed",
    "no_pkce": "no_pkce",
}


@pytest.mark.parametrize(("fault", "why"), DOCUMENTS.items())
async def test_who_answers_oddly_is_left(theirs: OidcProvider, fault: Fault, why: str) -> None:
    theirs.fault = fault
    with pytest.raises(NoSignOn) as no:
        await OidcGateway([theirs.place], seconds=0.3).look(theirs.issuer)
    assert no.value.why == why


async def test_our_own_network_is_not_asked(theirs: OidcProvider) -> None:
    for issuer in (theirs.issuer, "https://127.0.0.1", "https://idp.internal", "file:///etc/passwd"):
        with pytest.raises(NoSignOn) as no:
            await OidcGateway().look(issuer)
        assert no.value.why == "not_allowed"
    assert theirs.asked == []
