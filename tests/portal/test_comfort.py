"""All messages, in a size one can read, and what is said before one writes: on a phone without script."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from portal import answering, words
from server import clock, models
from server.domain import conversations, hours, messages
from server.models import Via
from server.queries import thread
from server.queries.hours import Kept
from server.queries.hours_views import Hours, Span
from tests.portal import phone
from tests.portal.conftest import PRIVATE, enter
from tests.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("later")]

JSON = {"Accept": "application/json"}
OFFICE = Hours(week=[[Span("08:00", "17:00")]] * 5 + [[], []])
CLOSED_TO_NEW = Hours(week=OFFICE.week, patients_may_start=False)


async def reply(cast: World, number: int) -> None:
    await messages.reply(cast.ines_thread.id, patient_id=cast.ines.id, key=f"p{number}", body=f"Reply {number}.")


class TestEarlierMessages:
    async def test_are_all_reached_by_plain_links_and_none_twice(self, cast: World, mobile: phone.Phone) -> None:
        for number in range(2 * thread.PAGE + 3):
            await reply(cast, number)
        await enter(mobile, cast)
        seen: list[int] = []
        pages = 0
        while True:
            pages += 1
            seen = [*map(int, re.findall(r'data-number="(\d+)"', mobile.page)), *seen]
            link = re.search(r'id="earlier" href="([^"]+)"', mobile.page)
            if link is None:
                break
            await mobile.get(link[1])
            assert ('id="reply"' in mobile.page, 'id="newest"' in mobile.page) == (False, True)

        assert seen == list(range(1, 2 * thread.PAGE + 5))
        assert (pages, PRIVATE in mobile.text) == (3, True)
        assert await models.Receipt.all().count() == 0

    async def test_leave_out_what_was_taken_back(self, cast: World, inside: phone.Phone) -> None:
        for number in range(thread.PAGE + 1):
            await reply(cast, number)
        await models.Message.filter(number__in=[2, 3]).update(recalled_at=clock.now())
        newest = (await inside.client.get("/m/thread", headers=JSON)).json()
        assert newest["before"] is None
        assert (len(newest["messages"]), newest["messages"][0]["number"]) == (thread.PAGE, 1)

    async def test_of_somebody_else_are_not_asked_for_this_way(self, cast: World, inside: phone.Phone) -> None:
        hidden = "Only for Omar"
        await messages.post(cast.omar_thread.id, key="o", via=Via.SECURE_SMS, body=hidden, by=cast.dana)
        assert hidden not in await inside.get("/m/thread?before=99")

    @pytest.mark.parametrize("wrong", ["0", "-1", "x", "1e3", "٣", "1" * 12])
    async def test_need_a_number(self, inside: phone.Phone, wrong: str) -> None:
        await inside.get(f"/m/thread?before={wrong}")
        assert inside.status == 400


class TestTheReadingSize:
    @pytest.mark.parametrize("size", ["large", "largest", "normal"])
    async def test_is_a_link_on_every_page_and_stays_on_this_phone(
        self, cast: World, mobile: phone.Phone, other: phone.Phone, size: str
    ) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        [link] = re.findall(rf'class="{size}" href="(\?[^"]+)"', mobile.page)

        await mobile.get(f"/m/{link}")

        assert f'data-size="{size}"' in mobile.page
        for step in (mobile.submit("/m/open"), mobile.submit("/m/check", month="3", day="14", year="1985")):
            assert f'data-size="{size}"' in await step
        assert f'data-size="{size}"' in await mobile.get("/m/preferences")
        assert f'data-size="{size}"' in await mobile.get("/m/nothing/here")
        await other.get(await phone.link_of(cast.ines_thread))
        assert 'data-size="normal"' in other.page

    async def test_takes_no_other_word_and_changes_nothing_else(self, inside: phone.Phone) -> None:
        before = await models.PortalSession.get()
        await inside.get('/m/thread?size="><script>')
        assert 'data-size="normal"' in inside.page
        assert "<script>" not in inside.page
        assert inside.cookie("bt_size") is None
        answer = await inside.client.get("/m/thread?size=large")
        assert list(phone.set_cookies(answer)) == ["bt_size"]
        assert (await models.PortalSession.get()).seen_at == before.seen_at

    async def test_keeps_the_earlier_page_and_writes_no_secret(self, cast: World, mobile: phone.Phone) -> None:
        link = await phone.link_of(cast.ines_thread)
        await mobile.get(link)
        assert link.removeprefix("/m/") not in mobile.page
        await mobile.submit("/m/open")
        await mobile.submit("/m/check", month="3", day="14", year="1985")
        await mobile.get("/m/thread?before=9")
        assert 'href="?before=9&amp;size=large"' in mobile.page

    async def test_after_a_refused_form_leads_to_a_page_that_is_there(self, inside: phone.Phone) -> None:
        await inside.submit("/m/messages", body="  ")
        [link] = re.findall(r'class="large" href="([^"]+)"', inside.page)
        await inside.get(link)
        assert (inside.status, 'id="reply"' in inside.page) == (200, True)


class TestWhatIsRead:
    async def test_is_said_of_what_the_patient_wrote_and_by_nobodys_name(
        self, cast: World, inside: phone.Phone
    ) -> None:
        await inside.submit("/m/messages", body="Thank you")
        assert "saw this" not in inside.text
        await conversations.mark_seen(cast.ines_thread.id, 2, by=cast.sam)

        await inside.get("/m/thread")

        assert inside.text.count("Sent · your care team saw this") == 1
        assert "Sam" not in inside.text

    async def test_is_not_said_of_what_came_after(self, cast: World, inside: phone.Phone) -> None:
        await reply(cast, 1)
        await conversations.mark_seen(cast.ines_thread.id, 2, by=cast.sam)
        await reply(cast, 2)
        shown = (await inside.client.get("/m/thread", headers=JSON)).json()["messages"]
        assert [message["care_read"] for message in shown] == [False, True, False]


class TestTheAnsweringTime:
    async def test_stands_above_the_field_with_the_emergency_number(self, cast: World, inside: phone.Phone) -> None:
        form = inside.page.split('id="reply"')[1]
        assert "For emergencies call 911." in form
        assert "This clinic usually answers within 1 business day." in form

        said = Hours(week=[[]] * 7, answers_in=3)
        await hours.change(cast.ines_thread.team_id, said, by=cast.val)
        await inside.get("/m/thread")
        assert "The clinic is closed." in inside.page.split('id="reply"')[1]

    @pytest.mark.parametrize(
        ("at", "language", "said"),
        [
            ("2026-11-24T15:00", "en", "This clinic usually answers within 1 business day."),
            ("2026-11-24T13:30", "en", "The clinic is closed. It opens today at 8:00\xa0AM."),
            ("2026-11-28T15:00", "en", "The clinic is closed. It opens Monday at 8:00\xa0AM."),
            ("2026-11-28T15:00", "es", "La clínica está cerrada. Abre el lunes a las 8:00\xa0a.\xa0m."),
            ("2026-11-28T15:00", "ar", "العيادة مغلقة. تفتح يوم الاثنين الساعة 8:00\xa0ص."),
        ],
    )
    def test_is_the_teams_own_in_three_languages(self, at: str, language: str, said: str) -> None:
        _set_clock(at)
        assert answering.sentence(Kept(OFFICE, "America/Chicago"), language) == said

    @pytest.mark.parametrize("language", words.LANGUAGES)
    @pytest.mark.parametrize(("count", "unit"), [(1, "business_hours"), (4, "business_hours"), (2, "business_days")])
    def test_is_counted_in_days_or_hours(self, language: str, count: int, unit: str) -> None:
        always = [[Span("00:00", "24:00")]] * 7
        kept = Kept(Hours(week=always, answers_in=count, unit=unit), "America/Chicago")  # type: ignore[arg-type]
        assert (str(count) in answering.sentence(kept, language)) is not (language == "ar" and count == 1)

    def test_says_the_date_of_what_is_far_and_one_oclock_as_people_do(self) -> None:
        _set_clock("2026-11-23T23:00")
        monday = Hours(week=[[Span("13:00", "17:00")], *[[]] * 6])
        kept = Kept(monday, "America/Chicago")
        assert "lunes, 30 de noviembre a la 1:00" in answering.sentence(kept, "es")
        assert "Monday, November 30 at 1:00" in answering.sentence(kept, "en")


def _set_clock(at: str) -> None:
    clock.shift(timedelta())
    clock.shift(datetime.fromisoformat(at).replace(tzinfo=UTC) - clock.now())


class TestAClosedConversation:
    async def test_says_so_and_opens_with_a_new_message(self, cast: World, inside: phone.Phone) -> None:
        await conversations.mark_done(cast.ines_thread.id, by=cast.dana, why="not_needed")
        await inside.get("/m/thread")
        assert "This conversation is closed. Write below to start a new message." in inside.text

        await inside.submit("/m/messages", body="One more thing")

        assert "is closed" not in inside.text
        assert (await models.Conversation.get(id=cast.ines_thread.id)).is_open

    async def test_asks_to_call_where_the_team_wants_that(self, cast: World, inside: phone.Phone) -> None:
        await hours.change(cast.ines_thread.team_id, CLOSED_TO_NEW, by=cast.val)
        await inside.get("/m/thread")
        assert "is closed. To ask" not in inside.text
        await conversations.mark_done(cast.ines_thread.id, by=cast.dana, why="not_needed")

        await inside.submit("/m/messages", body="Typed before I knew")

        assert inside.status == 409
        assert "To ask something new, call the clinic." in inside.text
        assert "Typed before I knew" in inside.page
        answer = await inside.call("/m/messages", {"key": "12345678", "body": "x"})
        assert (answer.status_code, answer.json()["code"]) == (409, "conversation_closed")
        await inside.get("/m/thread")
        assert re.search(r'id="reply"[^>]* hidden', inside.page)
        assert await models.Message.filter(conversation_id=cast.ines_thread.id).count() == 1


class TestNoTexts:
    async def test_are_told_with_the_way_back(self, inside: phone.Phone) -> None:
        assert "You do not get text notices." not in await inside.get("/m/thread")
        await inside.get("/m/preferences")
        await inside.submit("/m/preferences", texts="off")
        await inside.get("/m/thread")
        assert re.search(r'You do not get text notices\. <a href="/m/preferences">Get them again', inside.page)
