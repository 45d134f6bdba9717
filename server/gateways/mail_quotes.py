"""Cutting the mail that was answered off the answer: only where it is sure, because words may not be lost."""

import re

_HEADED = re.compile(
    r"\n[ \t]*(on\b.{4,200}\bwrote|el\b.{4,200}\bescribió|le\b.{4,200}\ba écrit)[ \t]*:[ \t]*\n(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_OUTLOOK = re.compile(
    r"\n[ \t]*(-{2,}[ \t]*(original message|mensaje original)[ \t]*-{2,}|_{20,}[ \t]*\n[ \t]*(from|de):[^\n]*\n"
    r"[ \t]*(sent|enviado|enviada)( el)?:)",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S{0,300}/m/[\w-]{20,}\S*")
"""Our own links. Whoever holds one can open the portal, so they are not kept where staff read."""
LINK = "[link]"


def cut(text: str) -> str:
    """The words without the quoted mail at their end, if anything is left; and without our links in any case."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LINK.sub(LINK, _cut(plain).strip())


def _cut(text: str) -> str:
    whole = f"\n{text}"
    if found := _OUTLOOK.search(whole):
        return whole[: found.start()] if whole[: found.start()].strip() else text
    for found in re.finditer(r"\n[ \t]*(on|el|le)\b", whole, re.IGNORECASE):
        headed = _HEADED.match(whole, found.start())
        if headed and _is_all_quoted(headed["rest"]) and whole[: found.start()].strip():
            return whole[: found.start()]
    return _without_quoted_end(text)


def _is_all_quoted(text: str) -> bool:
    lines = [line.lstrip() for line in text.split("\n") if line.strip()]
    return bool(lines) and all(line.startswith(">") for line in lines)


def _without_quoted_end(text: str) -> str:
    lines = text.rstrip().split("\n")
    kept = len(lines)
    while kept and (lines[kept - 1].lstrip().startswith(">") or not lines[kept - 1].strip()):
        kept -= 1
    return "\n".join(lines[:kept]) if any(line.strip() for line in lines[:kept]) else text
