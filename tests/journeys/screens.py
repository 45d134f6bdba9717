"""How people use the screens: by what stands on them, never by how they are built."""

import base64
import re
from datetime import date

from playwright.sync_api import FrameLocator, Locator, Page, expect

from portal import words

Screen = Page | FrameLocator
SECURE, EMAIL, PLAIN = "Secure text", "Secure e-mail", "Plain text"

# What a person's hand does: the file manager's drag ends over the conversation.
DROP = """(body, [name, bytes]) => {
  const content = Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([content], name, { type: "application/pdf" }));
  const there = body.querySelector('[aria-label^="Conversation with"] h1');
  for (const kind of ["dragenter", "dragover", "drop"]) {
    there.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
  }
}"""


class Inbox:
    """A staff screen, in a page or in a frame of the demo."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    @property
    def list(self) -> Locator:
        """The conversations."""
        return self.screen.get_by_role("region", name="Conversations")

    def row(self, name: str) -> Locator:
        """The row of one patient."""
        return self.list.get_by_role("link").filter(has_text=name)

    def view(self, name: str) -> Locator:
        """One of the views at the left, with its count."""
        return self.screen.get_by_role("navigation", name="Views").get_by_role("button", name=re.compile(f"^{name}"))

    def count(self, view: str) -> int:
        """How many conversations a view counts."""
        said = re.search(r"\d+", self.view(view).inner_text())
        return int(said[0]) if said else 0

    def message(self, words_: str) -> Locator:
        """The message with these words."""
        return self.screen.get_by_role("article").filter(has_text=words_)

    def viewed(self, words_: str, name: str) -> Locator:
        """The circle under a message that says who has viewed it."""
        return self.message(words_).get_by_role("button", name=re.compile(f"^{name} viewed this"))

    def start_with(self, name: str, *, team: str = "") -> None:
        """Begin a conversation: New, the name, the patient, the team if there are several, and the way if asked."""
        self.screen.get_by_role("button", name="New conversation").click()
        dialog = self.screen.get_by_role("dialog")
        dialog.get_by_role("combobox").fill(name)
        dialog.get_by_role("option", name=re.compile(name)).first.click()
        if team:
            dialog.get_by_role("button", name=team).click()
        # Whom nobody has written with yet comes with the three ways to choose from.
        heading, write = (
            self.screen.get_by_role("heading", name=name, level=1),
            dialog.get_by_role("button", name="Write"),
        )
        expect(heading.or_(write)).to_be_visible()
        if write.is_visible():
            write.click()
        expect(heading).to_be_visible()

    def choose(self, way: str) -> None:
        """Choose how to send."""
        self.screen.get_by_role("group", name="How to send").get_by_text(way, exact=True).click()

    def field(self) -> Locator:
        """Where messages are typed."""
        return self.screen.get_by_role("form", name="Write a message").get_by_role("textbox")

    def send(self, body: str, way: str = SECURE) -> None:
        """Type, and press the button that names the way."""
        self.field().fill(body)
        self.screen.get_by_role("button", name=re.compile(f"^Send {way}", re.IGNORECASE)).click()

    def drop(self, name: str, content: bytes) -> None:
        """Drag a PDF over the conversation and let go."""
        expect(self.field()).to_be_visible()
        self.screen.locator("body").evaluate(DROP, [name, base64.b64encode(content).decode()])
        expect(self.screen.get_by_role("list", name="Files of this message")).to_contain_text("ready")


class Portal:
    """The patient's page, in a page or in the phone of the demo."""

    def __init__(self, screen: Screen, language: str = "en") -> None:
        self.screen = screen
        self.language = language

    def says(self, key: str, **values: str) -> str:
        """A sentence of the portal in the patient's language."""
        return words.say(self.language, key, **values)

    def button(self, key: str) -> Locator:
        """A button with one of our sentences on it."""
        return self.screen.get_by_role("button", name=self.says(key), exact=True)

    def press(self) -> None:
        """Press the neutral page's one button."""
        self.button("press.go").click()

    def date_fields(self) -> Locator:
        """The fields of the one question."""
        asked = self.screen.get_by_role("group", name=self.says("check.label"))
        return asked.get_by_role("combobox").or_(asked.get_by_role("textbox"))

    def choose_size(self, size: str) -> None:
        """Choose how large the letters are: `normal`, `large` or `largest`."""
        self.screen.get_by_role("link", name=self.says(f"size.{size}")).click()

    def give_date(self, born: date, *, own_phone: bool = False) -> None:
        """Give a date of birth and go on; on one's own phone it is asked once in 30 days."""
        self.screen.get_by_label(self.says("check.month"), exact=True).select_option(str(born.month))
        self.screen.get_by_label(self.says("check.day"), exact=True).fill(str(born.day))
        self.screen.get_by_label(self.says("check.year"), exact=True).fill(str(born.year))
        if own_phone:
            self.screen.get_by_label(self.says("check.own")).check()
        self.button("check.go").click()

    def enter(self, born: date) -> None:
        """From the link to the messages."""
        self.press()
        self.give_date(born)
        expect(self.screen.get_by_label(self.says("send.label"))).to_be_visible()

    def message(self, words_: str) -> Locator:
        """The message with these words."""
        return self.screen.get_by_role("article").filter(has_text=words_)

    def reply(self, body: str) -> None:
        """Type and send."""
        self.screen.get_by_label(self.says("send.label")).fill(body)
        self.button("send").click()


class Phone:
    """The phone on the demo page."""

    def __init__(self, page: Page, language: str = "en") -> None:
        self._page = page
        self._side = page.get_by_role("region", name="A patient’s phone")
        self.browser = Portal(page.frame_locator('iframe[title="The patient’s browser"]'), language)

    def take(self, name: str) -> None:
        """Whose phone it is now."""
        self._side.get_by_label("Phone of").select_option(name)

    def show(self, tab: str) -> None:
        """Messages, Mail or Web."""
        self._side.get_by_role("tab", name=re.compile(f"^{tab}")).click()

    def items(self, tab: str) -> Locator:
        """The texts or the mails."""
        return self._side.get_by_role("tabpanel", name=re.compile(f"^{tab}")).get_by_role("listitem")

    def write(self, text: str) -> None:
        """Answer by text."""
        self.show("Messages")
        self._side.get_by_role("textbox", name="Text message").fill(text)
        self._side.get_by_role("button", name="Send").click()
