"""Lists of patients that somebody else's program wrote: opened, looked at, and judged row by row.

Pure: bytes in, people and problems out. A file is refused as a whole in a sentence; what is the matter with one row is
that row's `Problem`. Nothing is guessed in silence: what was guessed about a file is in its `Look`.
"""

from server.importing.columns import Columns, Decision, Field, Kept, must_fit
from server.importing.further import Further
from server.importing.lines import Line, Opened
from server.importing.looking import Look, Looking
from server.importing.opening import opened
from server.importing.problems import Problem
from server.importing.reading import Person, read

__all__ = [
    "Columns",
    "Decision",
    "Field",
    "Further",
    "Kept",
    "Line",
    "Look",
    "Looking",
    "Opened",
    "Person",
    "Problem",
    "must_fit",
    "opened",
    "read",
]
