"""The language at the top of every page: chosen on a phone, kept by this phone, and nowhere else."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from portal import tongues, words
from server import clock, models
from tests.databases import opened
from tests.portal import phone
from tests.portal.conftest import PRIVATE
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[str]:
    """One kind of database is enough: none of this is stored."""
    async with opened(sqlite_url):
        yield sqlite_url


def speaks(browser: phone.Phone) -> tuple[str, str]:
    """The language and the direction of the page."""
    [(language, direction)] = re.findall(r'<html lang="(\w+)" dir="(\w+)"', browser.page)
    return language, direction


def links(browser: phone.Phone) -> dict[str, str]:
    """Where the page leads to for each other language."""
    found = re.findall(r'<a class="plain" href="([^"]*)" lang="\w+" hreflang="(\w+)">', browser.page)
    return {language: address.replace("&amp;", "&") for address, language in found}


def buttons(browser: phone.Phone) -> set[str]:
    """The languages that a form of the page asks for."""
    return set(re.findall(r'name="language" value="(\w+)"', browser.page))


class TestTheFirstLanguage:
    @pytest.mark.parametrize(("kept", "shown"), [("es", ("es", "ltr")), ("ar", ("ar", "rtl")), ("fr", ("en", "ltr"))])
    async def test_is_the_patients_from_the_first_page_on(
        self, cast: World, mobile: phone.Phone, kept: str, shown: tuple[str, str]
    ) -> None:
        await models.Patient.filter(id=cast.ines.id).update(language=kept)

        await mobile.get(await phone.link_of(cast.ines_thread))
        assert speaks(mobile) == shown
        await mobile.submit("/m/open")
        assert speaks(mobile) == shown

    async def test_is_not_what_the_browser_asks_for(self, cast: World, mobile: phone.Phone) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread), **{"Accept-Language": "es, ar;q=0.9"})

        assert speaks(mobile) == ("en", "ltr")


class TestAChoice:
    async def test_is_offered_in_each_languages_own_name(self, cast: World, mobile: phone.Phone) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))

        assert links(mobile) == {"es": "?language=es", "ar": "?language=ar"}
        for name in ("English", "Español", "العربية"):
            assert name in mobile.text
        assert '<span lang="en" aria-current="true">English</span>' in mobile.page

    async def test_leads_back_to_the_same_page_and_stays(self, cast: World, mobile: phone.Phone) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        answer = await mobile.client.get("/m/?language=ar")
        assert (answer.status_code, answer.headers["location"]) == (303, "/m/")
        cookie = phone.set_cookies(answer)[tongues.COOKIE]
        assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("ar", True, "lax")

        await mobile.get("/m/")
        assert speaks(mobile) == ("ar", "rtl")
        await mobile.submit("/m/open")
        await mobile.submit("/m/check", date="1985-03-14")

        assert speaks(mobile) == ("ar", "rtl")
        assert "رسائلك" in mobile.text
        assert PRIVATE in mobile.text

    async def test_is_of_this_phone_only(self, cast: World, inside: phone.Phone, other: phone.Phone) -> None:
        await inside.get("/m/thread?language=es")
        await other.get(await phone.link_of(cast.ines_thread))

        assert (speaks(inside)[0], speaks(other)[0]) == ("es", "en")
        assert (await models.Patient.get(id=cast.ines.id)).language == "en"

    async def test_keeps_the_rest_of_the_address(self, inside: phone.Phone) -> None:
        await inside.get("/m/preferences?saved")
        assert links(inside)["es"] == "?saved=&language=es"

        answer = await inside.client.get("/m/preferences?saved=&language=es")

        assert answer.headers["location"] == "/m/preferences?saved="

    async def test_is_kept_as_the_words_of_a_consent(self, cast: World, inside: phone.Phone) -> None:
        await models.Patient.filter(id=cast.ines.id).update(language="es")
        await inside.get("/m/preferences?language=ar")

        await inside.submit("/m/preferences", mails="on", agree="1")

        assert words.say("ar", "prefs.agree") in inside.text

    @pytest.mark.parametrize("asked", ["fr", "", "EN", "en%0D%0ASet-Cookie:x=1", "//evil.example"])
    async def test_of_anything_else_is_passed_over(self, cast: World, mobile: phone.Phone, asked: str) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        mobile.client.cookies.set(tongues.COOKIE, "xx", domain="localhost.local", path="/")

        answer = await mobile.client.get(f"/m/?language={asked}")

        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers

    async def test_never_carries_the_secret_on(self, cast: World, mobile: phone.Phone) -> None:
        link = await phone.link_of(cast.ines_thread)

        arrived = await mobile.client.get(f"{link}?language=es")

        assert arrived.headers["location"] == "/m/"
        await mobile.get(link)
        assert link.removeprefix("/m/") not in mobile.page


class TestWhatWasTyped:
    async def test_stays_in_the_question_and_costs_no_try(self, cast: World, mobile: phone.Phone) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        await mobile.submit("/m/open")
        assert buttons(mobile) == {"es", "ar"}

        for _ in range(8):
            await mobile.submit("/m/check", month="4", day="15", year="1985", language="es")

        assert (mobile.status, speaks(mobile)[0]) == (200, "es")
        assert 'value="15"' in mobile.page
        assert '<option value="4" selected>abril' in mobile.page
        await mobile.submit("/m/check", date="1985-03-14")
        assert PRIVATE in mobile.text

    async def test_stays_in_the_reply_and_is_not_sent(self, cast: World, inside: phone.Phone) -> None:
        assert buttons(inside) == {"es", "ar"}

        await inside.submit("/m/messages", body="Not yet\nfinished", language="ar")

        assert (inside.status, speaks(inside)[0]) == (200, "ar")
        assert "Not yet\nfinished</textarea>" in inside.page
        assert await models.Message.filter(conversation_id=cast.ines_thread.id).count() == 1
        await inside.get("/m/thread")
        assert speaks(inside)[0] == "ar"

    async def test_is_never_given_to_another_page(self, cast: World, inside: phone.Phone) -> None:
        fields = {**inside.hidden("/m/messages"), "body": "Mine", "language": "es"}

        foreign = await inside.client.post("/m/messages", data=fields, headers={"Origin": "https://evil.example"})
        unsigned = await inside.post("/m/messages", **{**fields, "csrf": "0" * 40})

        assert (foreign.status_code, unsigned.status_code) == (403, 403)

    async def test_is_sent_by_the_enter_key_and_not_translated(self, cast: World, mobile: phone.Phone) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        await mobile.submit("/m/open")

        [first, *_] = re.findall(r'<button[^>]*form="answer"[^>]*>', mobile.page)

        assert "language" not in first


class TestPagesForAnybody:
    async def test_speak_all_languages_until_one_is_chosen(self, mobile: phone.Phone) -> None:
        await mobile.get("/m/thread")
        assert all(words.say(each, "signedout.title") in mobile.text for each in words.LANGUAGES)
        assert set(links(mobile)) == set(words.LANGUAGES)

        await mobile.get("/m/thread?language=es")

        assert (mobile.status, speaks(mobile)[0]) == (401, "es")
        assert words.say("es", "signedout.title") in mobile.text
        assert words.say("en", "signedout.title") not in mobile.text

    async def test_are_one_page_for_all_links_in_a_chosen_language_too(
        self, cast: World, mobile: phone.Phone, other: phone.Phone
    ) -> None:
        ended = []
        await models.PortalLink.filter(conversation_id=cast.ines_thread.id).update(revoked_at=clock.now())
        for browser, secret in ((mobile, (await phone.link_of(cast.ines_thread))[3:]), (other, "A" * 22)):
            await browser.get(f"/m/{secret}")
            await browser.get("/m/?language=ar")
            ended.append((browser.status, browser.page))

        assert ended[0] == ended[1]
        assert ended[0][0] == 410

    async def test_lead_to_a_page_that_can_be_opened(self, inside: phone.Phone) -> None:
        await inside.submit("/m/sign-out")
        assert links(inside)["ar"] == "/m/?language=ar"

        await inside.get("/m/?language=ar")

        assert words.say("ar", "signedout.title") in inside.text

    async def test_that_are_no_pages_lead_to_the_door(self, mobile: phone.Phone) -> None:
        await mobile.get("/m/no/such/page")

        assert (mobile.status, links(mobile)["es"]) == (404, "/m/?language=es")


class TestRightToLeft:
    async def test_sets_numbers_and_names_apart(self, cast: World, mobile: phone.Phone) -> None:
        await models.Patient.filter(id=cast.ines.id).update(language="ar")
        await mobile.get(await phone.link_of(cast.ines_thread))
        assert '<p class="clinic"><bdi>Mercy Family Clinic</bdi></p>' in mobile.page
        assert "أرسلت إليك <bdi>Mercy Family Clinic</bdi> رسالة." in mobile.page
        assert re.search(r'<a href="tel:3125550134"><bdi>\(312\) 555-0134</bdi></a>', mobile.page)
        await mobile.submit("/m/open")
        while mobile.status != 429:
            await mobile.submit("/m/check", date="1970-01-01")
        assert re.search(r"حتى <bdi>\d+:\d\d\xa0[صم]", mobile.page)

    async def test_leaves_each_message_its_own_direction(self, cast: World, inside: phone.Phone) -> None:
        await inside.get("/m/thread?language=ar")

        assert f'dir="auto" lang="">{PRIVATE}' in inside.page
        await inside.submit("/m/messages", body="شكرًا، موعدي يوم 24 في Mercy")
        assert 'dir="auto" lang="ar">شكرًا' in inside.page
        assert "<h3><bdi>Dana Reyes</bdi> <time" in inside.page

    def test_needs_no_style_of_its_own(self) -> None:
        styles = sorted((Path(__file__).parents[2] / "portal/src").glob("*.css"))
        sided = {path.name: re.findall(r"[\w-]*\b(?:left|right)\b[\w-]*", path.read_text()) for path in styles}

        assert sided == {path.name: [] for path in styles} != {}
