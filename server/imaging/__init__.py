"""Pictures of strangers, made anew: only what can be seen comes out.

A picture is decoded in a process of its own that has no secret, little memory and little time, and whose answer is a
new file. So what hides in a picture (a place, a device, a script, a second file) stays behind, and a decoder that is
fooled has nothing to take.
"""

from server.imaging.child import remake
from server.imaging.shapes import MOST_BYTES, Picture, Unfit

__all__ = ["MOST_BYTES", "Picture", "Unfit", "remake"]
