"""The words of an HTML mail, without what was quoted; nothing of it is ever shown as HTML."""

from html.parser import HTMLParser

_BREAKS = frozenset(
    ["p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "pre", "hr"]
)
_UNSEEN = frozenset(["script", "style", "head", "title", "template"])
_EMPTY = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "embed", "source", "track"]
)
_QUOTES = ("gmail_quote", "moz-cite-prefix", "yahoo_quoted", "divRplyFwdMsg", "appendonsend")


def as_text(html: str) -> str:
    """Plain words: one line for each block, no more than one empty line in a row."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.words).split("\n")]
    return "\n".join(line for nth, line in enumerate(lines) if line or (nth and lines[nth - 1])).strip()


class _Reader(HTMLParser):
    """Gathers what is seen. `_hidden` are the open elements inside the outermost one that is not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag in _BREAKS:
            self.words.append("\n")
        if tag not in _EMPTY and (self._hidden or tag in _UNSEEN or _is_quote(tag, dict(attrs))):
            self._hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it those inside that were left open."""
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Words; line ends in HTML are blanks."""
        if not self._hidden:
            self.words.append(data.replace("\n", " "))


def _is_quote(tag: str, attributes: dict[str, str | None]) -> bool:
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return (tag == "blockquote" and attributes.get("type") == "cite") or any(mark in named for mark in _QUOTES)
