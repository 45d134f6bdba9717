"""Pictures and documents of strangers, made anew: only what can be seen comes out.

A file is decoded in a process of its own that has no secret, little memory and little time, and whose answer is a
new file. So what hides in it (a place, a device, a script, a second file) stays behind, and a decoder that is fooled
has nothing to take.
"""

from server.imaging.child import clean, draw, read, remake, tidy
from server.imaging.shapes import MOST_BYTES, TEXT_BYTES, UPLOAD_BYTES, WIDTHS, Paper, Picture, Unfit

__all__ = [
    "MOST_BYTES",
    "TEXT_BYTES",
    "UPLOAD_BYTES",
    "WIDTHS",
    "Paper",
    "Picture",
    "Unfit",
    "clean",
    "draw",
    "read",
    "remake",
    "tidy",
]
