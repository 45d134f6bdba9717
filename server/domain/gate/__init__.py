"""The one gate that everything outgoing crosses: typed, for later, by itself, asked for by the patient.

`admit` is asked when a delivery is arranged: it lets it go, holds it until a time, or refuses with what to do instead.
`count` holds what was arranged against the caps, as late as a verb can. `must_still_go` and `must_rest_until` are asked
at the last moment before it is written. Every answer is kept (`models.Decision`): a refusal by itself, the others by
`keep`.
"""

from server.domain.gate.asked import DECEASED, MANY, OF_HAND, Admitted, Asked, Path
from server.domain.gate.asking import admit
from server.domain.gate.caps import count
from server.domain.gate.holds import HOLDS, RECHECK, night_of
from server.domain.gate.last_moment import must_rest_until, must_still_go
from server.domain.gate.obstacles import in_the_way
from server.domain.gate.records import admitted, keep, keep_answer

__all__ = [
    "DECEASED",
    "HOLDS",
    "MANY",
    "OF_HAND",
    "RECHECK",
    "Admitted",
    "Asked",
    "Path",
    "admit",
    "admitted",
    "count",
    "in_the_way",
    "keep",
    "keep_answer",
    "must_rest_until",
    "must_still_go",
    "night_of",
]
