"""Under words of their own that may be urgent, a patient reads whom to call: with the page's script and without."""

import json
import re

import pytest

from portal import words
from server import models
from server.domain import messages
from server.models import Via
from tests.portal import phone
from tests.portal.conftest import enter
from tests.portal.test_family import enter_as, rosa  # noqa: F401 - a fixture
from tests.world import World

pytestmark = pytest.mark.anyio
URGENT = "I have chest pain"


def advice(browser: phone.Phone) -> list[str]:
    """The lines of the page that say whom to call, as a person reads them."""
    found = re.findall(r'<p class="advice">(.*?)</p>', browser.page)
    return [re.sub(r"<[^>]+>", "", line) for line in found]


class TestWithoutScript:
    async def test_it_stands_under_that_message_with_numbers_to_press(self, inside: phone.Phone) -> None:
        await inside.submit("/m/messages", body="Good morning")
        assert advice(inside) == []

        await inside.submit("/m/messages", body=URGENT)

        assert advice(inside) == ["If this is an emergency call 911. In a crisis call or text 988."]
        article = inside.page.split('data-number="3"')[1].split("</article>")[0]
        assert re.findall('href="(tel:[^"]+)"', article) == ["tel:911", "tel:988"]

    @pytest.mark.parametrize("language", words.LANGUAGES)
    async def test_it_is_in_the_language_of_the_page(self, inside: phone.Phone, language: str) -> None:
        await inside.get(f"/m/thread?language={language}")

        await inside.submit("/m/messages", body="Quiero morir")

        assert advice(inside) == [words.say(language, "urgent.own", emergency="911", crisis="988")]

    async def test_it_stands_under_ones_own_words_only(
        self,
        cast: World,
        mobile: phone.Phone,
        other: phone.Phone,
        rosa: models.Proxy,  # noqa: F811
    ) -> None:
        thread = cast.ines_thread.id
        await messages.post(thread, key="q", via=Via.SECURE_SMS, body="Any chest pain today?", by=cast.dana)
        await messages.reply(thread, patient_id=cast.ines.id, proxy_id=rosa.id, key="r", body=URGENT)
        await enter(mobile, cast)
        await enter_as(other, rosa)

        assert (URGENT in mobile.text, advice(mobile)) == (True, [])
        assert len(advice(other)) == 1


class TestWithScript:
    async def test_the_answer_says_so_and_so_do_page_and_wire(self, inside: phone.Phone) -> None:
        as_json = {"Accept": "application/json"}
        [stream] = (await inside.client.get("/m/thread", headers=as_json)).json()["streams"]

        calm = await inside.call("/m/messages", {"key": "calm-calm", "body": "Good morning"})
        urgent = await inside.call("/m/messages", {"key": "urgent-urgent", "body": URGENT})

        assert (calm.json()["urgent"], urgent.json()["urgent"]) == (False, True)
        shown = (await inside.client.get("/m/thread", headers=as_json)).json()["messages"]
        assert [message["urgent"] for message in shown] == [False, False, True]
        asked = {"epoch": stream["epoch"], "after": stream["at"]}
        told = (await inside.client.get("/m/facts", params=asked)).json()["frames"][0]["list"]
        assert [fact["messages"][0]["urgent"] for fact in told if "messages" in fact] == [False, True]

    async def test_the_page_gives_its_script_the_words(self, inside: phone.Phone) -> None:
        await inside.get("/m/thread?language=ar")

        [given] = re.findall("data-words='([^']+)'", inside.page)
        assert json.loads(given)["urgent.own"] == words.WORDS["urgent.own"][words.LANGUAGES.index("ar")]
