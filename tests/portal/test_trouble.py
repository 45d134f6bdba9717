"""When something of ours is broken, patients still get a page in every language, with whom to call."""

import pytest
from tortoise.exceptions import DBConnectionError

from portal import words
from server.domain import portal_links
from tests.portal import phone
from tests.portal.conftest import PRIVATE
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("breaks_with", "status", "title"),
    [(RuntimeError("a wrong turn"), 500, "no.later.title"), (DBConnectionError("away"), 503, "no.later.title")],
)
async def test_whoever_comes_is_told_in_every_language_whom_to_call(
    cast: World,
    mobile: phone.Phone,
    monkeypatch: pytest.MonkeyPatch,
    breaks_with: Exception,
    status: int,
    title: str,
) -> None:
    link = await phone.link_of(cast.ines_thread)

    async def broken(secret: str) -> None:
        raise breaks_with

    monkeypatch.setattr(portal_links, "by_secret", broken)
    await mobile.get(link)

    assert mobile.status == status
    for language in words.LANGUAGES:
        assert f'<section class="card" lang="{language}" dir="{words.direction(language)}">' in mobile.page
        assert words.say(language, title) in mobile.text
        assert words.say(language, "urgent") in mobile.text
    assert PRIVATE not in mobile.page
    assert "Traceback" not in mobile.page
    assert link.removeprefix("/m/") not in mobile.page


async def test_a_page_that_is_not_there_says_so_in_every_language(mobile: phone.Phone) -> None:
    await mobile.get("/m/documents-of-nobody/at-all")

    assert mobile.status == 404
    for language in words.LANGUAGES:
        assert words.say(language, "no.lost.title") in mobile.text
