"""A QR code drawn here: the secret in it goes to nobody else, and no page needs a picture of another server."""

import msgspec
import segno

QUIET = 4
"""The light modules around it that cameras need (ISO/IEC 18004 §6.3.8)."""


class Qr(msgspec.Struct, frozen=True):
    """A path of SVG in a square with sides of so many modules: what is inside of it is dark."""

    size: int
    path: str


def drawn(text: str) -> Qr:
    """The code of a text."""
    rows = segno.make_qr(text, error="m").matrix
    dark = (f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return Qr(len(rows) + 2 * QUIET, "".join(dark))
